using Proximal.Recipes;

namespace Proximal.Control.Environments.Diagnostic;

/// <summary>Settings of <see cref="CombinationLock"/>.</summary>
public sealed record CombinationLockOptions
{
    /// <summary>Steps of an episode, each with one right action.</summary>
    public int Horizon { get; init; } = 20;

    /// <summary>Number of actions.</summary>
    public int Actions { get; init; } = 10;

    /// <summary>Whether the action is a vector u of which an action is sampled by softmax(u / 0.1).</summary>
    public bool Continuous { get; init; }

    /// <summary>Seed of the right actions.</summary>
    public int LockSeed { get; init; } = 1;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<CombinationLockOptions> Schema { get; } = new OptionSchema<CombinationLockOptions>(() => new CombinationLockOptions())
        .Integer("horizon", o => o.Horizon, (o, v) => o with { Horizon = v }, "steps of an episode, each with one right action", 1, 1000)
        .Integer("actions", o => o.Actions, (o, v) => o with { Actions = v }, "number of actions", 2, 100)
        .Flag("continuous", o => o.Continuous, (o, v) => o with { Continuous = v }, "whether the action is a vector of which one is sampled")
        .Integer("lock-seed", o => o.LockSeed, (o, v) => o with { LockSeed = v }, "seed of the right actions", 0);
}
