using Proximal.Recipes;

namespace Proximal.Control.Environments.TowerDefence;

/// <summary>Settings of <see cref="TowerMini"/>.</summary>
public sealed record TowerMiniOptions
{
    /// <summary>L1 to L5, or a level file.</summary>
    public string Level { get; init; } = "L1";

    /// <summary>Which level an episode has.</summary>
    public TowerLevelChoice Levels { get; init; }

    /// <summary>What a policy sees.</summary>
    public TowerObservationKind Observation { get; init; }

    /// <summary>How it says what to do.</summary>
    public TowerActionKind Actions { get; init; }

    /// <summary>Whether it is told what can be done.</summary>
    public bool Masked { get; init; } = true;

    /// <summary>What an invalid action costs besides having no effect. With 0, as in the benchmark, it is as good as doing nothing.</summary>
    public double InvalidCost { get; init; }

    /// <summary>Ticks between decisions; 0 for what the level says.</summary>
    public int DecisionPeriod { get; init; }

    /// <summary>Keys and ranges.</summary>
    public static OptionSchema<TowerMiniOptions> Schema { get; } = CreateSchema(() => new TowerMiniOptions());

    /// <summary>The settings of TowerMind: the structured vector, and a grid of 13 x 13 places for each of 12 types.</summary>
    public static TowerMiniOptions Original => new() { Observation = TowerObservationKind.Structured, Actions = TowerActionKind.Grid };

    internal static OptionSchema<TowerMiniOptions> CreateSchema(Func<TowerMiniOptions> defaults) => new OptionSchema<TowerMiniOptions>(defaults)
        .Text("level", o => o.Level, (o, v) => o with { Level = v }, "L1 to L5, or a level file")
        .Choice(
            "levels",
            o => o.Levels,
            (o, v) => o with { Levels = v },
            "which level an episode has: the one given, one of the five, or one of the five maps with random waves",
            ("fixed", TowerLevelChoice.Fixed),
            ("random", TowerLevelChoice.Random),
            ("random-waves", TowerLevelChoice.RandomWaves))
        .Choice(
            "observation",
            o => o.Observation,
            (o, v) => o with { Observation = v },
            "280 scaled numbers, 464 numbers with padding -9999 that hold the whole state, or a picture of 3 x 64 x 64",
            ("features", TowerObservationKind.Features),
            ("structured", TowerObservationKind.Structured),
            ("pixels", TowerObservationKind.Pixels))
        .Choice(
            "actions",
            o => o.Actions,
            (o, v) => o with { Actions = v },
            "type, tower point and cell at once; one of 754 types with targets; one of 12 x 13 x 13 types with cells; or x, y and type in [-1, 1]",
            ("factored", TowerActionKind.Factored),
            ("choices", TowerActionKind.Choices),
            ("grid", TowerActionKind.Grid),
            ("continuous", TowerActionKind.Continuous))
        .Flag("masked", o => o.Masked, (o, v) => o with { Masked = v }, "whether a policy is told what can be done")
        .Number("invalid-cost", o => o.InvalidCost, (o, v) => o with { InvalidCost = v }, "what an invalid action costs besides having no effect", 0, 1)
        .Integer("decision-period", o => o.DecisionPeriod, (o, v) => o with { DecisionPeriod = v }, "ticks between decisions; 0 for what the level says", 0, 100);
}
