namespace Proximal;

/// <summary>A component that measures something of its own.</summary>
public interface IMeasures
{
    /// <summary>Reports what the last update showed; asked once after each. Numbers of several updates of a step are averaged.</summary>
    /// <param name="report">Takes the name of a metric, as <c>clip/high-bound</c>, and its value.</param>
    void Measure(Action<string, double> report);
}
