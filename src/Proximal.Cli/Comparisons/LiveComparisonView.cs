using System.Globalization;
using Proximal.Cli.Terminals;
using Proximal.Comparisons;

namespace Proximal.Cli.Comparisons;

/// <summary>Shows a comparison on a terminal: a bar for each run at work, lines that stay for those that ended, and how many are left.</summary>
internal sealed class LiveComparisonView(Terminal terminal, int runs) : LiveView(terminal), IComparisonView
{
    /// <summary>Bars that are shown at a time: a block must not be higher than a terminal.</summary>
    private const int MostBars = 16;

    private const int WidestName = 22;
    private const int CountWidth = 12;
    private const int ResultWidth = 16;
    private const int FewestCells = 5;

    private readonly List<(ComparedRun Run, ComparedProgress Progress)> working = [];
    private int ended;

    protected override bool IsUnderway => working.Count > 0;

    protected override string Iteration => "step";

    public void Started(ComparedRun run, ComparedRun? start) => Show(() =>
    {
        working.Add((run, default));
        DrawSoon();
    });

    public void Progressed(ComparedRun run, ComparedProgress progress) => Show(() =>
    {
        working[working.FindIndex(one => one.Run == run)] = (run, progress);
        DrawSoon();
    });

    public void Ended(ComparedResult result, bool before) => Show(() =>
    {
        int place = working.FindIndex(one => one.Run == result.Run);
        string outcome = place >= 0 && result.Finished ? ComparisonText.Result(working[place].Progress) : "";
        if (place >= 0)
        {
            working.RemoveAt(place);
        }

        ended += result.Finished || result.Failure is not null ? 1 : 0;
        string line = SafeText.Shorten(ComparisonText.Ended(result, before) + outcome, Terminal.Width - 1);
        Print(result.Failure is not null ? Terminal.Paint(line, Ink.Red) : line);
        DrawSoon();
    });

    public void Closed() => Show(() => End(null));

    protected override string[] Rows()
    {
        IEnumerable<string> bars = working.Take(MostBars).Select(one => Bar(one.Run, one.Progress));
        return [.. bars, string.Create(CultureInfo.InvariantCulture, $"{ended} of {runs} runs finished, {working.Count} at work")];
    }

    private string Bar(ComparedRun run, ComparedProgress progress)
    {
        string name = SafeText.Shorten(run.Name, WidestName);
        if (progress.Steps == 0)
        {
            return $"{name,-WidestName} preparing ...";
        }

        int cells = Math.Max(FewestCells, Terminal.Width - WidestName - CountWidth - ResultWidth - 6);
        int full = (int)(cells * Math.Min(progress.Step, progress.Steps) / progress.Steps);
        string bar = Terminal.Paint(new string('━', full), progress.Stage == "supervised" ? Ink.Yellow : Ink.Cyan) + Terminal.Paint(new string('─', cells - full), Ink.Faint);
        string count = string.Create(CultureInfo.InvariantCulture, $"{progress.Step}/{progress.Steps}");
        return $"{name,-WidestName} {bar} {count,CountWidth}{SafeText.Shorten(ComparisonText.Result(progress), ResultWidth)}";
    }
}
