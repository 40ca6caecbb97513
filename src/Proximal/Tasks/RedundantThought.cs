namespace Proximal.Tasks;

/// <summary>
/// Chains of thought that go on after the answer is known. A redundant block is the step <c>wait</c>, a repetition of the steps (of the last three where there are more) and
/// <c>so ANSWER</c>; chunks are the runs between <c>wait</c> steps, and everything after the chunk of the first correct step is redundant by construction.
/// </summary>
internal static class RedundantThought
{
    /// <summary>The step that separates chunks.</summary>
    public const string Separator = "wait";

    /// <summary>The steps followed by redundant blocks.</summary>
    public static IReadOnlyList<string> Extend(IReadOnlyList<string> steps, string answer, int blocks)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentOutOfRangeException.ThrowIfNegative(blocks);
        List<string> extended = [.. steps];
        for (int block = 0; block < blocks; block++)
        {
            extended.Add(Separator);
            extended.AddRange(steps.Skip(Math.Max(0, steps.Count - 3)));
            extended.Add($"so {answer}");
        }

        return extended;
    }

    /// <summary>The number of leading steps that are necessary: up to the end of the chunk that contains the first correct step.</summary>
    public static int NecessaryCount(IReadOnlyList<string> steps, int firstCorrectStep)
    {
        ArgumentNullException.ThrowIfNull(steps);
        int at = Math.Max(0, firstCorrectStep);
        while (at < steps.Count && steps[at] != Separator)
        {
            at++;
        }

        return at;
    }
}
