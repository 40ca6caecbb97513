namespace Proximal.Analysis.Verification;

/// <summary>What an exact verification found.</summary>
/// <param name="Leaves">Leaves of the tree, all of which were checked.</param>
/// <param name="Applications">Pairs of a leaf and a rule that is about it.</param>
/// <param name="Faults">Where a rule is broken, from left to right; empty for a tree that satisfies all of them.</param>
public sealed record VerificationReport(int Leaves, int Applications, IReadOnlyList<LeafFault> Faults)
{
    /// <summary>Whether every rule holds in every leaf, and therefore for every input.</summary>
    public bool Holds => Faults.Count == 0;

    /// <summary>Number of leaves that break a rule.</summary>
    public int FailingLeaves => Faults.Select(fault => fault.Leaf.Node).Distinct().Count();
}
