using Proximal.Analysis.Trees;

namespace Proximal.Analysis.Verification;

/// <summary>A leaf whose action was corrected.</summary>
/// <param name="Leaf">The leaf as it was.</param>
/// <param name="Action">Its new action.</param>
/// <param name="Rules">The rules that it broke.</param>
public sealed record LeafChange(LeafBox Leaf, int Action, IReadOnlyList<string> Rules);
