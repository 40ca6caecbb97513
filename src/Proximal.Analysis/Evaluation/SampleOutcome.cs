namespace Proximal.Analysis.Evaluation;

/// <summary>What became of one sampled response.</summary>
/// <param name="Correct">The verifier's verdict.</param>
/// <param name="Answer">Canonical answer; null if the response has none.</param>
/// <param name="Length">Tokens of the response.</param>
/// <param name="Truncated">Whether it was cut off.</param>
/// <param name="Reward">Its reward.</param>
public readonly record struct SampleOutcome(bool Correct, string? Answer, int Length, bool Truncated, double Reward);
