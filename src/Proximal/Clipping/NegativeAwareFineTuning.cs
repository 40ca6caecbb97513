using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Clipping;

/// <summary>
/// NFT: maximum likelihood of correct responses under π_θ and of wrong ones under the implicit negative policy <c>(π_old - p π_θ) / (1 - p)</c>, p the pass
/// rate of the group, held within [0.02, 0.98]; groups with all or none correct give nothing. Reads verdicts in place of advantages. The paper divides
/// by a constant 1000; here the aggregation decides, which changes the scale only.
/// </summary>
public sealed class NegativeAwareFineTuning(NegativeAwareOptions options) : IClipping
{
    private const double LogLimit = 10;
    private const double SmallestRate = 0.02;

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IClipping, NegativeAwareOptions> Definition { get; } = new(
        new ComponentInfo(
            "nft",
            Seam.Clipping,
            "Maximum likelihood of correct responses, and of wrong ones under the policy that is left when the correct ones are taken out.",
            "ℓ_{i,t} = -ω log r if correct, -w_neg ω log max(x, ε) else,  x = (1 - p r) / (1 - p),  ω = 1, 1 - p or √((1 - p) / p);  ∂/∂x of the maximum is 1",
            "Chen et al. 2025, Bridging Supervised Learning and Reinforcement Learning in Math Reasoning, arXiv:2505.18116")
        {
            Mechanism =
                "The old policy is a mixture of its correct and its wrong responses, with the pass rate as weight. If the model is to become the correct part, the wrong " +
                "part is implied by it, and wrong responses can be trained by maximum likelihood as well, through the same parameters. It is supervised learning " +
                "throughout; on policy its gradient is that of Dr. GRPO or of GRPO, by the weight of prompts. The maximum is taken in value only, so that no " +
                "wrong token loses its gradient.",
        },
        NegativeAwareOptions.Schema,
        options => new NegativeAwareFineTuning(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>ω of a prompt.</summary>
    /// <param name="passRate">p, above 0 and below 1.</param>
    /// <param name="weight">Which weight.</param>
    public static double Weight(double passRate, PromptWeight weight) => weight switch
    {
        PromptWeight.FailureRate => 1 - passRate,
        PromptWeight.Odds => Math.Sqrt((1 - passRate) / passRate),
        _ => 1,
    };

    /// <summary>Loss of a token (or of a response) and its derivative with respect to log π_θ.</summary>
    /// <param name="logRatio">log π_θ - log π_old; cut at 10.</param>
    /// <param name="correct">Whether the response is correct.</param>
    /// <param name="passRate">p, above 0 and below 1.</param>
    /// <param name="options">Weights and ε.</param>
    public static (double Loss, double Gradient) Token(double logRatio, bool correct, double passRate, NegativeAwareOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        double log = Math.Min(logRatio, LogLimit), slope = logRatio <= LogLimit ? 1 : 0, weight = Weight(passRate, options.PromptWeight);
        if (correct)
        {
            return (-weight * log, -weight * slope);
        }

        double ratio = Math.Exp(log);
        double implicitRatio = Math.Max((1 - (passRate * ratio)) / (1 - passRate), options.Epsilon);
        weight *= options.NegativeWeight;
        return (-weight * Math.Log(implicitRatio), slope * weight * passRate * ratio / ((1 - passRate) * implicitRatio));
    }

    /// <inheritdoc/>
    public void Apply(PathBatch batch, ReadOnlySpan<float> ratio, Surrogate surrogate)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (int group = 0; group < batch.GroupCount; group++)
        {
            (int start, int end) = (batch.GroupOffsets[group], batch.GroupOffsets[group + 1]);
            int correct = 0;
            for (int path = start; path < end; path++)
            {
                correct += IsCorrect(batch, path) ? 1 : 0;
            }

            if (correct == 0 || correct == end - start)
            {
                continue;
            }

            double passRate = Math.Clamp((double)correct / (end - start), SmallestRate, 1 - SmallestRate);
            for (int path = start; path < end; path++)
            {
                ApplyPath(batch, path, passRate, surrogate);
            }
        }
    }

    private void ApplyPath(PathBatch batch, int path, double passRate, Surrogate surrogate)
    {
        (int start, int end) = (batch.PathOffsets[path], batch.PathOffsets[path + 1]);
        ReadOnlySpan<float> mask = batch.Mask, current = batch.Current, old = batch.Old;
        bool correct = IsCorrect(batch, path);
        double sequence = 0;
        for (int t = start; t < end; t++)
        {
            sequence += mask[t] == 0 ? 0 : current[t] - old[t];
        }

        // The loss of a whole response is spread over its tokens; its gradient with respect to each of them is the same.
        double share = options.Sequence ? 1.0 / Math.Max(1, Columns.Count(mask[start..end])) : 1;
        for (int t = start; t < end; t++)
        {
            if (mask[t] != 0)
            {
                (double loss, double gradient) = Token(options.Sequence ? sequence : current[t] - old[t], correct, passRate, options);
                surrogate.Loss[t] = (float)(share * loss);
                surrogate.CurrentGradient[t] = (float)gradient;
            }
        }
    }

    private bool IsCorrect(PathBatch batch, int path) => batch.Scores[path] >= options.Threshold;
}
