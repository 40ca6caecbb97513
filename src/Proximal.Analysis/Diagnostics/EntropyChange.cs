using Proximal.Analysis.Statistics;

namespace Proximal.Analysis.Diagnostics;

/// <summary>
/// How a step of the logits changes entropy, to first order: ΔH = -Σ_k S_k δz_k with the discriminator S_k = p_k (H + log p_k), Σ_k S_k = 0.
/// Natural logarithms; errors are of the second order in the step.
/// </summary>
public static class EntropyChange
{
    /// <summary>Writes S_k of softmax(z) and returns E_p S.</summary>
    /// <param name="logits">z. [vocabulary]</param>
    /// <param name="discriminator">Receives S. [vocabulary]</param>
    public static double Discriminator(ReadOnlySpan<float> logits, Span<double> discriminator)
    {
        Columns.RequireLength(discriminator.Length, logits.Length, nameof(discriminator));
        var moments = LogitMoments.Compute(logits);
        double entropy = moments.IsDistribution ? moments.Entropy : double.NaN;
        for (int k = 0; k < logits.Length; k++)
        {
            double logProb = logits[k] - moments.LogSumExp;
            discriminator[k] = double.IsNegativeInfinity(logProb) ? 0 : Math.Exp(logProb) * (entropy + logProb);
        }

        return moments.IsDistribution ? moments.ExpectedDiscriminator : double.NaN;
    }

    /// <summary>ΔH = -Σ_k S_k δz_k of any step.</summary>
    /// <param name="discriminator">S. [vocabulary]</param>
    /// <param name="logitStep">δz. [vocabulary]</param>
    public static double OfLogitStep(ReadOnlySpan<double> discriminator, ReadOnlySpan<double> logitStep)
    {
        Columns.RequireLength(logitStep.Length, discriminator.Length, nameof(logitStep));
        double sum = 0;
        for (int k = 0; k < discriminator.Length; k++)
        {
            sum -= discriminator[k] * logitStep[k];
        }

        return sum;
    }

    /// <summary>ΔH = -ε (S_k - E_p S) of a policy-gradient step δz = ε (e_k - p) on the sampled token k.</summary>
    /// <param name="step">ε, for instance ratio · advantage · learning rate.</param>
    /// <param name="discriminator">S_k of the sampled token.</param>
    /// <param name="expectedDiscriminator">E_p S.</param>
    public static double OfPolicyGradientStep(double step, double discriminator, double expectedDiscriminator) =>
        -step * (discriminator - expectedDiscriminator);

    /// <summary>Predicted ΔH of an update: the sum of <see cref="OfPolicyGradientStep(double, double, double)"/> over the counted tokens.</summary>
    /// <param name="statistics">Statistics of the batch.</param>
    /// <param name="steps">ε of each token. [tokens]</param>
    /// <param name="mask">Tokens that are trained. [tokens]</param>
    public static double OfUpdate(TokenStatistics statistics, ReadOnlySpan<double> steps, ReadOnlySpan<bool> mask)
    {
        Columns.RequireLength(steps.Length, statistics.Entropy.Length, nameof(steps));
        Columns.RequireLength(mask.Length, steps.Length, nameof(mask));
        double sum = 0;
        for (int t = 0; t < steps.Length; t++)
        {
            sum += mask[t] ? OfPolicyGradientStep(steps[t], statistics.Discriminator[t], statistics.ExpectedDiscriminator[t]) : 0;
        }

        return sum;
    }

    /// <summary>ΔH = -η Cov_p(log p, p A) of the expected policy-gradient step δz = η p A, with E_p A = 0.</summary>
    /// <param name="probabilities">p. [outcomes]</param>
    /// <param name="advantages">A. [outcomes]</param>
    /// <param name="learningRate">η.</param>
    public static double OfExpectedPolicyGradient(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> advantages, double learningRate) =>
        -learningRate * LogProbCovariance(probabilities, advantages, weighted: true);

    /// <summary>ΔH = -η Cov_p(log p, A) of the natural policy-gradient step δz = η A.</summary>
    /// <param name="probabilities">p. [outcomes]</param>
    /// <param name="advantages">A. [outcomes]</param>
    /// <param name="learningRate">η.</param>
    public static double OfNaturalPolicyGradient(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> advantages, double learningRate) =>
        -learningRate * LogProbCovariance(probabilities, advantages, weighted: false);

    /// <summary>Measured against predicted changes over a run: slope 1 and correlation 1 where the first-order law holds.</summary>
    /// <param name="predicted">Predicted ΔH of each step. [steps]</param>
    /// <param name="measured">Measured ΔH on the same states. [steps]</param>
    public static LinearFit Compare(ReadOnlySpan<double> predicted, ReadOnlySpan<double> measured) => LinearFit.Of(predicted, measured);

    private static double LogProbCovariance(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> advantages, bool weighted)
    {
        Columns.RequireLength(advantages.Length, probabilities.Length, nameof(advantages));
        double meanLog = 0, meanStep = 0, product = 0;
        for (int k = 0; k < probabilities.Length; k++)
        {
            double p = probabilities[k];
            if (p == 0)
            {
                continue;
            }

            double step = weighted ? p * advantages[k] : advantages[k];
            meanLog += p * Math.Log(p);
            meanStep += p * step;
            product += p * Math.Log(p) * step;
        }

        return product - (meanLog * meanStep);
    }
}
