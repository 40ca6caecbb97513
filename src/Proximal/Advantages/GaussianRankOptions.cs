using Proximal.Recipes;

namespace Proximal.Advantages;

/// <summary>Options of <see cref="GaussianRankAdvantage"/>.</summary>
public sealed record GaussianRankOptions
{
    /// <summary>Among which rollouts rewards are ranked.</summary>
    public RankSet Set { get; init; } = RankSet.Group;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<GaussianRankOptions> Schema { get; } = new OptionSchema<GaussianRankOptions>(() => new GaussianRankOptions())
        .Choice(
            "set",
            o => o.Set,
            (o, v) => o with { Set = v },
            "Rollouts among which rewards are ranked.",
            ("group", RankSet.Group),
            ("task", RankSet.Task),
            ("batch", RankSet.Batch));
}
