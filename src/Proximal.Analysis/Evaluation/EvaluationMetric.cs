using Proximal.Analysis.Statistics;

namespace Proximal.Analysis.Evaluation;

/// <summary>A metric of an evaluation: a mean over problems.</summary>
/// <param name="Name">For instance pass@8.</param>
/// <param name="Estimate">The mean with its confidence interval; NaN if no problem defines it.</param>
/// <param name="Problems">Problems that define it.</param>
/// <param name="IsShare">Whether it is a share, in [0, 1].</param>
public sealed record EvaluationMetric(string Name, Estimate Estimate, int Problems, bool IsShare);
