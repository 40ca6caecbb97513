using System.Globalization;
using Proximal.Cli.Terminals;
using Proximal.Comparisons;

namespace Proximal.Cli.Comparisons;

/// <summary>What happens in a comparison, in words.</summary>
internal static class ComparisonText
{
    /// <summary>How a run began.</summary>
    public static string Started(ComparedRun run, ComparedRun? start) =>
        start is null ? $"{run.Name}: begins" : $"{run.Name}: begins with the supervised stage of {start.Name}";

    /// <summary>How a run ended.</summary>
    public static string Ended(ComparedResult result, bool before) =>
        result.Failure is { } failure ? $"{result.Run.Name}: failed: {failure}" :
        result.Finished ? $"{result.Run.Name}: finished{(before ? " before" : "")}, {Readable.Duration(result.Seconds)} of training" :
        $"{result.Run.Name}: stopped after {Readable.Duration(result.Seconds)} of training";

    /// <summary>The step and what it showed.</summary>
    public static string Progress(ComparedProgress progress) =>
        string.Create(CultureInfo.InvariantCulture, $"{progress.Step}/{progress.Steps}") + Result(progress);

    /// <summary>What the step showed; empty where it measured nothing.</summary>
    public static string Result(ComparedProgress progress) =>
        double.IsFinite(progress.Value) ? $"  {progress.Metric.Split('/')[0]} {Readable.Number(progress.Value)}" : "";
}
