using Proximal.Analysis.Trees;

namespace Proximal.Analysis.Verification;

/// <summary>A leaf that breaks a rule.</summary>
/// <param name="Leaf">The leaf with its box.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Requirement">The requirement that its action does not meet.</param>
/// <param name="Demand">What the requirement demands in this box, as <c>heating &lt; zone-temperature.low (24)</c>.</param>
public sealed record LeafFault(LeafBox Leaf, VerificationRule Rule, Requirement Requirement, string Demand);
