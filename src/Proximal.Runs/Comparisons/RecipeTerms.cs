using Proximal.Recipes;

namespace Proximal.Comparisons;

/// <summary>A value at which a variant differs from the baseline.</summary>
/// <param name="Key">Path of the key, as <c>policy.clipping.high</c>.</param>
/// <param name="Baseline">What the baseline has.</param>
/// <param name="Variant">What the variant has.</param>
public sealed record RecipeTerm(string Key, string Baseline, string Variant)
{
    /// <summary>The difference in words: <c>policy.clipping.high: 0.2 → 0.28</c>.</summary>
    public override string ToString() => $"{Key}: {Baseline} → {Variant}";
}

/// <summary>In what the variants of a comparison differ, and whether they are compared on equal terms.</summary>
public sealed class RecipeTerms
{
    /// <summary>Keys that have no part in a result.</summary>
    private static readonly HashSet<string> Free = ["name", "seed", "workers", "checkpoints", "recording", "evaluation.every"];

    /// <summary>Keys of which the terms of a comparison consist, with what they decide. Everything else is the method.</summary>
    private static readonly (string Key, string Decides)[] Terms =
    [
        ("task", "the problems"),
        ("mixture", "the problems"),
        ("environment", "the environment"),
        ("wrappers", "the environment"),
        ("data", "the data"),
        ("evaluation", "how results are measured"),
        ("model", "the model"),
        ("supervised", "the supervised stage"),
        ("steps", "the number of steps"),
        ("policy.steps", "the number of steps"),
        ("policy.prompts", "the prompts of a step"),
        ("policy.rollouts", "the rollouts of a prompt"),
        ("policy.response-tokens", "the length of responses"),
        ("policy.rewards", "the reward"),
    ];

    private readonly Dictionary<string, IReadOnlyList<RecipeTerm>> differences = new(StringComparer.Ordinal);

    /// <summary>Compares the recipes of the runs of the first seed; other seeds have the same.</summary>
    /// <param name="runs">The runs; the first is one of the baseline.</param>
    public RecipeTerms(IReadOnlyList<ComparedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentOutOfRangeException.ThrowIfZero(runs.Count);
        foreach (ComparedRun run in runs.Where(run => run.Seed == runs[0].Seed))
        {
            differences[run.Variant] =
            [
                .. RecipeDifference.FindAll(runs[0].Recipe, runs[0].Name, run.Recipe, Free).Select(difference => new RecipeTerm(difference.Key, Plain(difference.First), Plain(difference.Second))),
            ];
        }
    }

    /// <summary>The values at which a variant differs from the baseline. Of a component that is another one only its name is told.</summary>
    public IReadOnlyList<RecipeTerm> this[string variant]
    {
        get
        {
            IReadOnlyList<RecipeTerm> all = differences[variant];
            string[] renamed = [.. all.Where(term => term.Key.EndsWith(".name", StringComparison.Ordinal)).Select(term => term.Key[..^"name".Length])];
            return [.. all.Where(term => !renamed.Any(prefix => term.Key.StartsWith(prefix, StringComparison.Ordinal) && term.Key != $"{prefix}name"))];
        }
    }

    /// <summary>What keeps the comparison from being one of methods alone, a sentence for each variant; empty where all are on equal terms.</summary>
    public IReadOnlyList<string> Inequalities =>
    [
        .. differences.Keys.Select(variant => (Variant: variant, Unequal: this[variant].Where(term => Decides(term) is not null).ToArray()))
            .Where(one => one.Unequal.Length > 0)
            .Select(one => $"'{one.Variant}' differs from the baseline in {string.Join(" and ", one.Unequal.Select(term => Decides(term)!).Distinct())} ({string.Join("; ", one.Unequal.AsEnumerable())})"),
    ];

    private static string? Decides(RecipeTerm term) =>
        Terms.FirstOrDefault(known => term.Key == known.Key || term.Key.StartsWith(known.Key + ".", StringComparison.Ordinal) || term.Key.StartsWith(known.Key + "[", StringComparison.Ordinal)).Decides;

    private static string Plain(string value) => value is ['\'', .., '\''] ? value[1..^1] : value;
}
