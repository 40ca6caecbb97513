namespace Proximal.Analysis.Evaluation;

/// <summary>The sampled responses to one problem.</summary>
/// <param name="Samples">Responses, in any number.</param>
/// <param name="Reference">Canonical reference answer for exact match; null if there is none.</param>
public sealed record ProblemOutcome(IReadOnlyList<SampleOutcome> Samples, string? Reference = null);
