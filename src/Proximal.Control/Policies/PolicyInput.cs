namespace Proximal.Control.Policies;

/// <summary>What a policy sees.</summary>
public readonly ref struct PolicyInput
{
    /// <summary>Gathers what a policy sees.</summary>
    /// <param name="count">Number of rows.</param>
    /// <param name="observations">[rows, observation width].</param>
    /// <param name="masks">[rows, mask width], or empty.</param>
    /// <param name="states">[rows, state width], zero at the beginning of an episode; moved on by the policy.</param>
    /// <param name="rewards">Rewards of the step before [rows], or empty; only policies that follow a return look at them.</param>
    public PolicyInput(
        int count, ReadOnlySpan<float> observations, ReadOnlySpan<bool> masks = default, Span<float> states = default, ReadOnlySpan<float> rewards = default)
    {
        Count = count;
        Observations = observations;
        Masks = masks;
        States = states;
        Rewards = rewards;
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>[rows, observation width].</summary>
    public ReadOnlySpan<float> Observations { get; }

    /// <summary>[rows, mask width], or empty.</summary>
    public ReadOnlySpan<bool> Masks { get; }

    /// <summary>[rows, state width].</summary>
    public Span<float> States { get; }

    /// <summary>Rewards of the step before [rows], or empty. At the first step of an episode, where the state is zero, they mean nothing.</summary>
    public ReadOnlySpan<float> Rewards { get; }
}

/// <summary>How an action is chosen: the most likely one, or one sampled with named random numbers.</summary>
/// <param name="Deterministic">Whether the most likely action is taken.</param>
/// <param name="Seed">Seed of the random numbers.</param>
/// <param name="Step">Which step the action is for: each (seed, step, row) has its own numbers.</param>
public readonly record struct ActionChoice(bool Deterministic, ulong Seed = 0, long Step = 0)
{
    /// <summary>The most likely action.</summary>
    public static ActionChoice Greedy => new(true);
}
