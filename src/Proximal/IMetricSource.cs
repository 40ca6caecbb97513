namespace Proximal;

/// <summary>A component that shows numbers of its own among the metrics of a step.</summary>
public interface IMetricSource
{
    /// <summary>Names, as <c>group/what-it-is</c>, and values. Read after the last update of a step.</summary>
    IEnumerable<(string Name, double Value)> Metrics { get; }
}
