using Proximal.Runs;
using Proximal.Studio.Library;

namespace Proximal.Studio.Rollouts;

/// <summary>A place where a text was found.</summary>
/// <param name="Step">The step.</param>
/// <param name="Tree">The prompt within the step.</param>
/// <param name="Path">The rollout of the prompt; -1 where it stands in the prompt.</param>
/// <param name="Excerpt">The text around it.</param>
/// <param name="Correct">Whether the rollout was right.</param>
/// <param name="Reward">What it earned; NaN for a prompt.</param>
internal sealed record SearchHit(int Step, int Tree, int Path, string Excerpt, bool Correct, double Reward);

/// <summary>Finds text in rollouts, the newest step first.</summary>
internal static class RolloutSearch
{
    public const int MostHits = 200;
    private const int MostSteps = 64;
    private const int Before = 48;
    private const int After = 96;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Searches, without regard to capitals, for a bounded time.</summary>
    /// <returns>The places, and whether all of the run was looked through.</returns>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static (IReadOnlyList<SearchHit> Hits, bool IsComplete) Find(RolloutLibrary library, StudioRun run, string text, CancellationToken cancellation)
    {
        List<SearchHit> hits = [];
        long started = Environment.TickCount64;
        IReadOnlyList<int> steps = RolloutLibrary.Steps(run);
        foreach (int step in steps.Reverse().Take(MostSteps))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (RolloutRecord record in library.Read(run, step))
            {
                AddHits(hits, step, record, text);
                if (hits.Count >= MostHits || Environment.TickCount64 - started > Longest.TotalMilliseconds)
                {
                    return (hits, false);
                }
            }
        }

        return (hits, steps.Count <= MostSteps);
    }

    private static void AddHits(List<SearchHit> hits, int step, RolloutRecord record, string text)
    {
        if (Excerpt(record.Prompt, text) is { } prompt)
        {
            hits.Add(new SearchHit(step, record.Group, -1, prompt, false, double.NaN));
        }

        for (int i = 0; i < record.Paths.Count && hits.Count < MostHits; i++)
        {
            RecordedPath path = record.Paths[i];
            if ((Excerpt(path.Response, text) ?? ExcerptOfTurns(record, path, text)) is { } excerpt)
            {
                hits.Add(new SearchHit(step, record.Group, i, excerpt, path.Correct, path.Reward));
            }
        }
    }

    /// <summary>What an environment answered is no part of the response.</summary>
    private static string? ExcerptOfTurns(RolloutRecord record, RecordedPath path, string text)
    {
        foreach (int segment in record.SegmentsOf(path).Where(segment => record.Segments[segment].Origin is not ("prompt" or "policy")))
        {
            if (Excerpt(string.Concat(record.Segments[segment].Texts), text) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static string? Excerpt(string whole, string text)
    {
        int at = whole.IndexOf(text, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        int start = Math.Max(0, at - Before), end = Math.Min(whole.Length, at + text.Length + After);
        return $"{(start > 0 ? "…" : "")}{CutText.Range(whole, start, end)}{(end < whole.Length ? "…" : "")}";
    }
}
