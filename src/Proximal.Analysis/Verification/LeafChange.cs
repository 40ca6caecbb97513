using Proximal.Analysis.Trees;

namespace Proximal.Analysis.Verification;

/// <summary>A leaf whose action was corrected.</summary>
/// <param name="Leaf">The leaf as it was.</param>
/// <param name="Actions">Its new action; several, from left to right, where it was divided.</param>
/// <param name="Rules">The rules that it broke.</param>
public sealed record LeafChange(LeafBox Leaf, IReadOnlyList<int> Actions, IReadOnlyList<string> Rules);
