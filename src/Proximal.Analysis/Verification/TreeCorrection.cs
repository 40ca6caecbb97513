using Proximal.Analysis.Trees;

namespace Proximal.Analysis.Verification;

/// <summary>A tree after correction.</summary>
/// <param name="Tree">The tree, whose other leaves are as they were.</param>
/// <param name="Changes">The leaves that were corrected.</param>
/// <param name="Impossible">Faults of leaves that no action can satisfy, which are as they were.</param>
public sealed record TreeCorrection(DecisionTree Tree, IReadOnlyList<LeafChange> Changes, IReadOnlyList<LeafFault> Impossible);
