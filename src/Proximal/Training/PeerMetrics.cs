using Proximal.Runs;

namespace Proximal.Training;

/// <summary>The metrics of several models in one list.</summary>
internal static class PeerMetrics
{
    /// <summary>What the metrics of a model begin with; nothing for that of the recipe, which has no name.</summary>
    public static string Prefix(string name) => name.Length == 0 ? "" : $"peer/{name}/";

    /// <summary>The report of the first model with the metrics of all.</summary>
    /// <param name="reports">Reports of one step, each with the name of its model.</param>
    /// <param name="more">Metrics of the models together.</param>
    public static StepReport Combine(IReadOnlyList<(string Name, StepReport Report)> reports, params IEnumerable<(string Name, double Value)> more) => reports[0].Report with
    {
        Metrics =
        [
            .. reports.SelectMany(one => one.Report.Metrics.Select(metric => new Metric(Prefix(one.Name) + metric.Name, metric.Value))),
            .. more.Select(metric => new Metric(metric.Name, metric.Value)),
        ],
    };
}
