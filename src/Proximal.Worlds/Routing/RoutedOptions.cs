using Proximal.Worlds.Knowledge;

namespace Proximal.Worlds.Routing;

/// <summary>Size and faults of a world with several knowledge bases, and which questions are asked about it.</summary>
public sealed record RoutedOptions
{
    /// <summary>The graph and the documents.</summary>
    public KnowledgeOptions World { get; init; } = new();

    /// <summary>The most rows that a table shows.</summary>
    public int Rows { get; init; } = 6;

    /// <summary>p_dupKB: share of facts that a second knowledge base has too.</summary>
    public double DuplicateShare { get; init; }

    /// <summary>p_anon: share of pictures whose caption does not name what they show.</summary>
    public double AnonymousShare { get; init; }

    /// <summary>p_mislead: probability that a retrieval leaves the best result out.</summary>
    public double MisleadShare { get; init; }

    /// <summary>Probability that a retrieval finds nothing.</summary>
    public double FailureShare { get; init; }

    /// <summary>Share of questions that begin with a picture instead of a name.</summary>
    public double ImageStartShare { get; init; } = 0.4;

    /// <summary>Shares of questions with 1, 2, ... retrievals, of any sum.</summary>
    public IReadOnlyList<double> HopShares { get; init; } = [0.3, 0.4, 0.3];

    /// <summary>The first impossible value as a sentence that names it, or null.</summary>
    public string? FindFault()
    {
        if (HopShares.Count is < 1 or > 5 || HopShares.Any(share => !(share >= 0)) || !(HopShares.Sum() > 0 && double.IsFinite(HopShares.Sum())))
        {
            return FormattableString.Invariant($"'hop-shares' is [{string.Join(", ", HopShares)}], expected one to five shares of at least 0, not all of them 0");
        }

        return World.FindFault()
            ?? Range("rows", Rows, 1, 20)
            ?? Range("duplicate-share", DuplicateShare, 0, 1)
            ?? Range("anonymous-share", AnonymousShare, 0, 1)
            ?? Range("mislead-share", MisleadShare, 0, 1)
            ?? Range("failure-share", FailureShare, 0, 1)
            ?? Range("image-start-share", ImageStartShare, 0, 1);
    }

    private static string? Range(string key, double value, double minimum, double maximum) => value >= minimum && value <= maximum
        ? null
        : FormattableString.Invariant($"'{key}' is {value}, expected {minimum} to {maximum}");
}
