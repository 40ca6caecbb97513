namespace Proximal.Worlds.Knowledge;

/// <summary>Which questions are asked.</summary>
public sealed record QuestionOptions
{
    /// <summary>Shares of levels 1 to 4; of any sum.</summary>
    public IReadOnlyList<double> LevelShares { get; init; } = [0.3, 0.4, 0.2, 0.1];

    /// <summary>Share of questions with several right answers, of level 1.</summary>
    public double AmbiguousShare { get; init; }

    /// <summary>Whether such a question says that it has several answers.</summary>
    public bool TellAmbiguous { get; init; }

    /// <summary>How many times a name in a question gives way to a description, one hop each: 0 to 2.</summary>
    public int FuzzDepth { get; init; }

    /// <summary>p_label: share of questions whose answer is corrupted.</summary>
    public double MislabelledShare { get; init; }

    /// <summary>The most turns that the expert may need, the answer included.</summary>
    public int MostTurns { get; init; } = 6;

    /// <summary>Whether questions are only accepted when the documents answer them; without it questions may be unanswerable or answered wrongly by the documents.</summary>
    public bool Verified { get; init; } = true;

    /// <summary>The first impossible value as a sentence that names it, or null.</summary>
    public string? FindFault()
    {
        if (LevelShares.Count != 4 || LevelShares.Any(share => !(share >= 0)) || !(LevelShares.Sum() > 0 && double.IsFinite(LevelShares.Sum())))
        {
            return FormattableString.Invariant($"'level-shares' is [{string.Join(", ", LevelShares)}], expected four shares of at least 0, not all of them 0");
        }

        return Range("ambiguous-share", AmbiguousShare, 0, 1) ?? Range("fuzz-depth", FuzzDepth, 0, 2) ?? Range("mislabelled-share", MislabelledShare, 0, 1) ?? Range("most-turns", MostTurns, 2, 128);
    }

    private static string? Range(string key, double value, double minimum, double maximum) => value >= minimum && value <= maximum
        ? null
        : FormattableString.Invariant($"'{key}' is {value}, expected {minimum} to {maximum}");
}
