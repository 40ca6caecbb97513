namespace Proximal.Supplements;

/// <summary>Which update of a step a supplement adds to.</summary>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Number">Number of the update in the stage, from 0.</param>
/// <param name="Part">Which of the minibatches of the step this is.</param>
/// <param name="Parts">Minibatches of the step: a supplement whose targets are those of the step divides them alike.</param>
public readonly record struct SupplementUpdate(ulong Seed, int Number, int Part, int Parts)
{
    /// <summary>The share of this update in the targets of the step.</summary>
    public Range ShareOf(int targets) => (int)((long)targets * Part / Parts)..(int)((long)targets * (Part + 1) / Parts);
}
