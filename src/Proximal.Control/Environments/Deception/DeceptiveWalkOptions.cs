using Proximal.Recipes;

namespace Proximal.Control.Environments.Deception;

/// <summary>What a <see cref="DeceptiveWalk"/> is paid for.</summary>
public enum DeceptionKind
{
    /// <summary>Looking as if a decoy were the goal: the largest probability of a decoy less that of the goal.</summary>
    Exaggeration,

    /// <summary>Leaving it open: minus the distance between the probability of the goal and the largest of a decoy.</summary>
    Ambiguity,
}

/// <summary>Settings of <see cref="DeceptiveWalk"/>.</summary>
public sealed record DeceptiveWalkOptions
{
    /// <summary>Cells on a side.</summary>
    public int Size { get; init; } = 8;

    /// <summary>Share of cells that are blocked.</summary>
    public double Obstacles { get; init; } = 0.2;

    /// <summary>Number of decoys.</summary>
    public int Decoys { get; init; } = 2;

    /// <summary>The limit of steps, at most, as a multiple of the shortest way; drawn between 1 and this.</summary>
    public double Slack { get; init; } = 2;

    /// <summary>What is paid for.</summary>
    public DeceptionKind Deception { get; init; }

    /// <summary>Weight of that payment in every step.</summary>
    public double Bonus { get; init; } = 0.1;

    /// <summary>Whether moves after which the goal is out of reach are illegal.</summary>
    public bool Safe { get; init; } = true;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<DeceptiveWalkOptions> Schema { get; } = new OptionSchema<DeceptiveWalkOptions>(() => new DeceptiveWalkOptions())
        .Integer("size", o => o.Size, (o, v) => o with { Size = v }, "cells on a side", 4, 200)
        .Number("obstacles", o => o.Obstacles, (o, v) => o with { Obstacles = v }, "share of cells that are blocked", 0, 0.3)
        .Integer("decoys", o => o.Decoys, (o, v) => o with { Decoys = v }, "number of decoys", 1, 3)
        .Number("slack", o => o.Slack, (o, v) => o with { Slack = v }, "the limit of steps, at most, as a multiple of the shortest way", 1, 10)
        .Choice("deception", o => o.Deception, (o, v) => o with { Deception = v }, "what is paid for", ("exaggeration", DeceptionKind.Exaggeration), ("ambiguity", DeceptionKind.Ambiguity))
        .Number("bonus", o => o.Bonus, (o, v) => o with { Bonus = v }, "weight of that payment in every step", 0, 10)
        .Flag("safe", o => o.Safe, (o, v) => o with { Safe = v }, "whether moves after which the goal is out of reach are illegal");

    internal void Validate()
    {
        OptionRange.Check(nameof(Size), Size, 4, 200);
        OptionRange.Check(nameof(Obstacles), Obstacles, 0, 0.3);
        OptionRange.Check(nameof(Decoys), Decoys, 1, 3);
        OptionRange.Check(nameof(Slack), Slack, 1, 10);
        OptionRange.Check(nameof(Bonus), Bonus, 0, 10);
    }
}
