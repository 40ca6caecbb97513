using Proximal.Cli.Terminals;
using Proximal.Comparisons;

namespace Proximal.Cli.Comparisons;

/// <summary>Shows a comparison in a file or a log: lines for beginnings and ends, and four on the way of each run.</summary>
internal sealed class PlainComparisonView(Terminal terminal) : IComparisonView
{
    private const int LinesPerRun = 4;

    private readonly Dictionary<string, long> told = [];

    public void Started(ComparedRun run, ComparedRun? start) => Write(ComparisonText.Started(run, start));

    public void Progressed(ComparedRun run, ComparedProgress progress)
    {
        long part = progress.Step * LinesPerRun / Math.Max(1, progress.Steps);
        if (part > told.GetValueOrDefault(run.Name))
        {
            told[run.Name] = part;
            Write($"{run.Name}: {progress.Stage} {ComparisonText.Progress(progress)}");
        }
    }

    public void Ended(ComparedResult result, bool before) => Write(SafeText.OneLine(ComparisonText.Ended(result, before)));

    public void Stopping() => terminal.Error.WriteLine("stopping after this step; Ctrl-C again stops at once");

    public void Closed()
    {
    }

    public void Dispose()
    {
    }

    private void Write(string line)
    {
        terminal.Output.WriteLine(line);
        terminal.Output.Flush();
    }
}
