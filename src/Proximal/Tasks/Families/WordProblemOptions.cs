namespace Proximal.Tasks.Families;

/// <summary>Options of <see cref="WordProblemTask"/>: difficulty is the number of steps.</summary>
public sealed record WordProblemOptions : ProceduralOptions
{
    /// <summary>Probability that a sentence about somebody else follows a step.</summary>
    public double DistractorProbability { get; init; }

    /// <summary>Whether another person replaces the one of the problem. Perturbed problems keep structure, key and split: they test for memorized answers.</summary>
    public bool PerturbName { get; init; }

    /// <summary>Whether other objects replace those of the problem.</summary>
    public bool PerturbObject { get; init; }

    /// <summary>Whether other numbers replace those of the problem.</summary>
    public bool PerturbNumbers { get; init; }

    /// <inheritdoc/>
    protected override int MaximumDifficulty => 12;

    /// <inheritdoc/>
    public override string? FindFault() => base.FindFault() ?? OptionChecks.Range("distractor-probability", DistractorProbability, 0, 1);
}
