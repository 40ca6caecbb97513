namespace Proximal.Supplements;

/// <summary>A loss beside the objective, as a recipe describes it.</summary>
public abstract record SupplementSettings
{
    /// <summary>Symbols that it reads or writes beside those of the task; a new model gets tokens for them.</summary>
    public virtual IEnumerable<string> Symbols => [];

    /// <summary>Makes the supplement of a run.</summary>
    /// <param name="parts">What it is made of.</param>
    /// <exception cref="InvalidDataException">It does not go with the run's task or environment.</exception>
    public abstract ISupplement Create(SupplementParts parts);
}
