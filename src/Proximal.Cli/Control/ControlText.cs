using System.Globalization;
using Proximal.Cli.Terminals;
using Proximal.Cli.Training;
using Proximal.Control.Runs;
using Proximal.Runs;

namespace Proximal.Cli.Control;

/// <summary>What happens in a control run, in words.</summary>
internal static class ControlText
{
    private const int ShownLosses = 3;

    /// <summary>What begins.</summary>
    public static string Describe(ControlStart start) =>
        $"{start.Recipe.Name}: {start.Recipe.Algorithm.Definition.Info.Key} on {start.Recipe.Environment.Definition.Info.Key}, "
        + $"{Readable.Count(start.Parameters)} parameters, run {TrainingText.Place(start.Folder.Path)}";

    /// <summary>Where a run goes on; null at its beginning.</summary>
    public static string? Continuation(ControlStart start) =>
        !start.Continued ? null :
        start.Finished ? "This run is finished; nothing is left to do." :
        $"Continues after step {Readable.Count(start.Step)} of {Readable.Count(start.Recipe.Steps)}.";

    /// <summary>Steps of the run.</summary>
    public static string Steps(ControlReport report) => $"{Readable.Count(report.Step)}/{Readable.Count(report.Steps)}";

    /// <summary>How good the last hundred episodes were, or the candidates of a search.</summary>
    public static string Results(ControlReport report)
    {
        if (!double.IsNaN(report["episode/count"]))
        {
            string length = Readable.Number(report["episode/length"]);
            return $"return {Readable.Number(report[ControlRuns.ReturnMetric])}  length {length}  episodes {Readable.Count(report["episode/count"])}";
        }

        double fitness = report["fitness/mean"];
        return double.IsNaN(fitness) ? "" : $"fitness {Readable.Number(fitness)}, at best {Readable.Number(report["fitness/largest"])}";
    }

    /// <summary>How learning goes: losses and speed.</summary>
    public static string Health(ControlReport report)
    {
        IEnumerable<string> losses = report.Metrics
            .Where(metric => metric.Name.StartsWith("loss/", StringComparison.Ordinal))
            .Take(ShownLosses)
            .Select(metric => $"{metric.Name["loss/".Length..]} loss {Readable.Number(metric.Value)}");
        return string.Join("  ", [.. losses, $"{Readable.Count(report["time/steps-per-second"])} steps/s"]);
    }

    /// <summary>A measurement.</summary>
    public static string Describe(ControlEvaluation evaluation) =>
        $"{evaluation.Label}: return {Readable.Number(evaluation.Mean)} ± {Readable.Number(evaluation.Deviation)} over {Readable.Count(evaluation.Returns.Count)} episodes";

    /// <summary>The steps of a summary, with those of the run where they are known.</summary>
    public static string Steps(ControlSummary summary) =>
        string.Create(CultureInfo.InvariantCulture, $"{summary.Step:N0}{(summary.Steps is { } steps ? $"/{steps:N0}" : "")}");
}
