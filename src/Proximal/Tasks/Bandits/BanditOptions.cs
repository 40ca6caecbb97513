using System.Globalization;
using Proximal.Recipes;

namespace Proximal.Tasks.Bandits;

/// <summary>Options of <see cref="BanditTask"/>.</summary>
public sealed record BanditOptions
{
    /// <summary>The most arms: as many as there are one-letter names.</summary>
    public const int MaximumArms = 64;

    /// <summary>B: contexts, each of which is a prompt.</summary>
    public int Contexts { get; init; } = 4;

    /// <summary>M: arms of each context, each of which is a response of one token.</summary>
    public int Arms { get; init; } = 8;

    /// <summary>How many of the arms are correct; at ranks that differ from context to context, unless they are <see cref="Aligned"/>.</summary>
    public int Correct { get; init; } = 2;

    /// <summary>The share of contexts whose correct arms are the likeliest ones, so that a majority vote is right there.</summary>
    public double Aligned { get; init; }

    /// <summary>Which arms demonstrations show. All but <see cref="BanditPrior.Correct"/> also show wrong ones, so that the policy starts from a prior of known shape.</summary>
    public BanditPrior Prior { get; init; }

    /// <summary>s of <see cref="BanditPrior.Zipf"/>.</summary>
    public double Exponent { get; init; } = 1;

    /// <summary>The weights of <see cref="BanditPrior.Given"/>; arms beyond the list have none.</summary>
    public IReadOnlyList<double> Weights { get; init; } = [];

    /// <summary>Seed of ranks and correct arms.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<BanditOptions> Schema { get; } = new OptionSchema<BanditOptions>(() => new BanditOptions())
        .Integer("contexts", o => o.Contexts, (o, v) => o with { Contexts = v }, "B: contexts, each of which is a prompt.", 1, 100_000)
        .Integer("arms", o => o.Arms, (o, v) => o with { Arms = v }, "M: arms of each context, each a response of one token.", 2, MaximumArms)
        .Integer("correct", o => o.Correct, (o, v) => o with { Correct = v }, "How many arms of each context are correct.", 1, MaximumArms)
        .Number("aligned", o => o.Aligned, (o, v) => o with { Aligned = v }, "Share of contexts whose correct arms are the likeliest ones.", 0, 1)
        .Choice(
            "prior",
            o => o.Prior,
            (o, v) => o with { Prior = v },
            "Which arms demonstrations show: correct ones, or all of them by Zipf's law or by given weights.",
            ("correct", BanditPrior.Correct),
            ("zipf", BanditPrior.Zipf),
            ("given", BanditPrior.Given))
        .Number("exponent", o => o.Exponent, (o, v) => o with { Exponent = v }, "s: the arm of rank r is shown in proportion to r^-s.", 0, 100)
        .NumberList("weights", o => o.Weights, (o, v) => o with { Weights = v }, "Weights of a given prior, from the first rank on.")
        .Integer("seed", o => o.Seed, (o, v) => o with { Seed = v }, "Seed of ranks and correct arms.", 0)
        .Rule(o => o.FindFault());

    /// <summary>The first impossible value as a sentence that names the key, the value and what is expected; null when all is well.</summary>
    public string? FindFault() =>
        OptionChecks.Range("arms", Arms, 2, MaximumArms)
        ?? OptionChecks.Range("contexts", Contexts, 1, 100_000)
        ?? OptionChecks.Range("correct", Correct, 1, Arms)
        ?? OptionChecks.Range("aligned", Aligned, 0, 1)
        ?? OptionChecks.Range("exponent", Exponent, 0, 100)
        ?? OptionChecks.Holds(Weights.Count <= Arms, "weights", Weights.Count, string.Create(CultureInfo.InvariantCulture, $"at most as many as 'arms' ({Arms})"))
        ?? OptionChecks.Holds(
            Prior != BanditPrior.Given || (Weights.All(w => w >= 0 && double.IsFinite(w)) && Weights.Sum() > 0),
            "weights",
            string.Join(", ", Weights.Select(w => w.ToString(CultureInfo.InvariantCulture))),
            "numbers of at least 0, one of them above 0");
}
