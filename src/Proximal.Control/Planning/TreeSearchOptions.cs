namespace Proximal.Control.Planning;

/// <summary>Settings of <see cref="MonteCarloTreeSearch"/>.</summary>
public sealed record TreeSearchOptions
{
    /// <summary>Simulations per decision, 1 or more.</summary>
    public int Simulations { get; init; } = 100;

    /// <summary>The constant c of the bounds, 0 or more: sqrt(2) belongs to values in [0, 1] (Auer et al. 2002), to which values are scaled.</summary>
    public double Exploration { get; init; } = Math.Sqrt(2);

    /// <summary>Discount of rewards, in [0, 1].</summary>
    public double Discount { get; init; } = 0.99;

    /// <summary>Random steps with which a new leaf is valued where there is no guide, 0 or more.</summary>
    public int RolloutSteps { get; init; } = 50;

    /// <summary>Seed of rollouts and of the events of the simulated environment.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Simulations, 1, nameof(Simulations));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Simulations, 1 << 24, nameof(Simulations));
        ArgumentOutOfRangeException.ThrowIfNegative(RolloutSteps, nameof(RolloutSteps));
        if (!(Exploration >= 0 && double.IsFinite(Exploration)))
        {
            throw new ArgumentOutOfRangeException(nameof(Exploration), Exploration, "The exploration constant must be finite and 0 or more.");
        }

        if (!(Discount is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Discount), Discount, "The discount must be in [0, 1].");
        }
    }
}
