namespace Proximal.Rollouts;

/// <summary>Where the rollouts of a step come from, as a recipe describes it.</summary>
public abstract record CollectionSettings
{
    /// <summary>What the rollouts are made of beyond the symbols of task and environment: a new vocabulary gets both.</summary>
    public virtual IReadOnlyList<string> Symbols => [];

    /// <summary>Makes the rollouts of a run.</summary>
    /// <param name="parts">What they are made of.</param>
    /// <exception cref="InvalidDataException">This way of collecting does not go with the run's environment or numbers.</exception>
    public abstract IRollouts Create(RolloutParts parts);
}
