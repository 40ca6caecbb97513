namespace Proximal.Analysis.Verification;

/// <summary>The rules that a tree is verified against.</summary>
/// <param name="Rules">Rules for every leaf.</param>
/// <param name="Certificate">What should probably hold one step later; null for nothing.</param>
public sealed record RuleSet(IReadOnlyList<VerificationRule> Rules, CertificateRule? Certificate = null);
