using System.Globalization;
using Proximal.Recipes;

namespace Proximal.Rollouts;

/// <summary>Rollouts whose longest response grows in stages: the next limit holds as soon as responses have stopped growing under the present one.</summary>
public sealed record StagedCollection : CollectionSettings
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<CollectionSettings, StagedCollection> Definition { get; } = new(
        new ComponentInfo(
            "staged",
            Seam.Rollouts,
            "Responses with a limit that grows in stages.",
            "|y_i| ≤ L_s;  s ← s + 1 when the mean length of the last K/2 steps does not exceed that of the K/2 before",
            "Li et al. 2025, MiroMind-M1, arXiv:2507.14683")
        {
            Mechanism = "Training begins with a short limit, which makes rollouts cheap and teaches concise answers. When the mean length has not grown over a window of steps, the policy has adapted and the limit is raised to the next one; the last must be the response budget of the recipe, or less. A response that hits its limit counts as truncated, so it is wrong.",
        },
        new OptionSchema<StagedCollection>(() => new StagedCollection())
            .IntegerList("limits", o => o.Limits, (o, v) => o with { Limits = v }, "L_s: the most tokens of a response in each stage, growing.", 1, 1_048_576)
            .Integer("window", o => o.Window, (o, v) => o with { Window = v }, "K: steps that the length must not have grown over.", 2, 100_000)
            .Rule(o => o.Limits.Count > 0 && o.Limits.Zip(o.Limits.Skip(1)).All(pair => pair.First < pair.Second)
                ? null
                : $"'limits' is [{string.Join(", ", o.Limits)}], expected growing numbers"),
        settings => settings);

    /// <summary>L_s: the most tokens of a response in each stage.</summary>
    public IReadOnlyList<int> Limits { get; init; } = [16, 32];

    /// <summary>K: the window.</summary>
    public int Window { get; init; } = 20;

    /// <inheritdoc/>
    public override IRollouts Create(RolloutParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return Limits[^1] <= parts.ResponseBudget
            ? new StagedRollouts(parts.OnPolicy(), Limits, Window)
            : throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"policy.collection.limits ends with {Limits[^1]}, expected at most policy.response-tokens ({parts.ResponseBudget})"));
    }
}
