namespace Proximal.Tasks.Families;

/// <summary>Options of <see cref="RandomCalculationTask"/>: difficulty is the number of operations.</summary>
public sealed record RandomCalculationOptions : ProceduralOptions
{
    /// <summary>Whether operands are also fractions, squares and cubes, with division; otherwise everything is a small integer.</summary>
    public bool Full { get; init; }

    /// <inheritdoc/>
    protected override int MaximumDifficulty => 64;
}
