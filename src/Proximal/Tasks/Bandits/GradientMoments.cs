namespace Proximal.Tasks.Bandits;

/// <summary>Mean and variance of a gradient estimator over everything that can be sampled.</summary>
/// <param name="Mean">The expected estimate. [M]</param>
/// <param name="Variance">The trace of its covariance, <c>E|g|² - |E g|²</c>.</param>
public readonly record struct GradientMoments(IReadOnlyList<double> Mean, double Variance);
