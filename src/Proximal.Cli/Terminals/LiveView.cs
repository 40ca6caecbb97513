using System.Diagnostics;

namespace Proximal.Cli.Terminals;

/// <summary>
/// Work that is shown on a terminal while it goes on: lines that stay, and below them a block that is rewritten in place at most ten times a second.
/// A timer keeps its clock going during long steps. Reports may come from any thread; each is handled under one lock.
/// </summary>
internal abstract class LiveView : IDisposable
{
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private readonly LiveBlock block;
    private readonly Timer timer;
    private long drawn;
    private bool stopping;
    private bool ended;

    protected LiveView(Terminal terminal)
    {
        Terminal = terminal;
        block = new LiveBlock(terminal.Output);
        timer = new Timer(_ => Tick(), null, TickInterval, TickInterval);
    }

    /// <summary>Where it is shown.</summary>
    protected Terminal Terminal { get; }

    /// <summary>Whether steps are under way, so that the clock goes on.</summary>
    protected abstract bool IsUnderway { get; }

    /// <summary>What an iteration of this work is called, as in "stopping after this step".</summary>
    protected abstract string Iteration { get; }

    /// <summary>Tells that the work stops after this step.</summary>
    public void Stopping() => Show(() =>
    {
        stopping = true;
        Draw();
    });

    public void Dispose()
    {
        lock (gate)
        {
            ended = true;
        }

        timer.Dispose();
    }

    /// <summary>The rows of the block; empty before the first step.</summary>
    protected abstract string[] Rows();

    /// <summary>Handles a report.</summary>
    protected void Show(Action change)
    {
        lock (gate)
        {
            change();
        }
    }

    /// <summary>Writes a line that stays.</summary>
    protected void Print(string line) => block.Print(line);

    /// <summary>Replaces the block by one row until there is more to tell.</summary>
    protected void Wait(string row) => block.Draw(row);

    /// <summary>Rewrites the block if it is time.</summary>
    protected void DrawSoon()
    {
        if (Stopwatch.GetElapsedTime(drawn) >= RedrawInterval)
        {
            Draw();
        }
    }

    /// <summary>Takes the block away for good, and leaves a last line if there is one.</summary>
    protected void End(string? last)
    {
        ended = true;
        if (last is null)
        {
            block.Draw();
        }
        else
        {
            block.Print(last);
        }
    }

    private void Tick() => Show(() =>
    {
        if (IsUnderway)
        {
            Draw();
        }
    });

    private void Draw()
    {
        if (ended)
        {
            return;
        }

        drawn = Stopwatch.GetTimestamp();
        string note = stopping ? Terminal.Paint(ProgressBar.Below(Terminal, $"stopping after this {Iteration}; Ctrl-C again stops at once"), Ink.Yellow) : "";
        block.Draw(Rows() is { Length: > 0 } rows ? [.. rows, note] : ["preparing ...", note]);
    }
}
