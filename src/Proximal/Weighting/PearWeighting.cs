using Proximal.Recipes;

namespace Proximal.Weighting;

/// <summary>
/// PEAR: the weight of a token is the importance ratio of what follows it, under the model that learns against the one that wrote it. With
/// <c>δ_t = clamp(log π_θ - log π_β, -0.08, 0.3)</c> and T tokens: token t gets <c>clamp(γ^{T-t} exp(Σ_{j>t} δ_j), 0.1, 10)</c>; a block gets that of its last
/// token; the sequence variant gives every token <c>clamp(exp(Σ_j δ_j), 0.1, 10)</c>. Clamps and γ follow public code of the method; how wrong
/// demonstrations are floored is a choice made here.
/// </summary>
public sealed class PearWeighting(PearWeightingOptions options) : ITokenWeighting
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<ITokenWeighting, PearWeightingOptions> Definition { get; } = new(
        new ComponentInfo(
            "pear",
            Seam.Weighting,
            "Weighs a token of a demonstration by how likely the learner is to go on as the demonstration does.",
            "w_t = clamp(γ^{T-t} exp(Σ_{j>t} δ_j), w_min, w_max),  δ_j = clamp(log π_θ - log π_β, δ_min, δ_max)",
            "Good SFT Optimizes for SFT, Better SFT Prepares for Reinforcement Learning")
        {
            Mechanism = "Demonstrations come from another policy, but in the reinforcement learning that follows the model writes its own continuations: a token matters only if "
                + "the model would then go on as the demonstration does. Off-policy evaluation says how much: the importance ratio of the suffix after the token. Each log-ratio "
                + "and the weight are clamped, so that one foreign token does not silence all before it. The weights are constants of the loss and move with the model.",
        },
        PearWeightingOptions.Schema,
        options => new PearWeighting(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    public bool NeedsTeacher => true;

    /// <summary>The weights of one demonstration that is right.</summary>
    /// <param name="current">log π_θ. [tokens]</param>
    /// <param name="teacher">log π_β. [tokens]</param>
    /// <param name="options">Variant, clamps and discount.</param>
    /// <param name="weights">Receives w. [tokens]</param>
    public static void Compute(ReadOnlySpan<float> current, ReadOnlySpan<float> teacher, PearWeightingOptions options, Span<float> weights)
    {
        ArgumentNullException.ThrowIfNull(options);
        int block = options.Variant == PearVariant.Block ? options.Block : 1, count = current.Length;
        double suffix = 0, shared = 0;
        for (int t = count - 1; t >= 0; t--)
        {
            if (t == count - 1 || (t + 1) % block == 0)
            {
                shared = t == count - 1 ? 0 : (Math.Log(options.Discount) * (count - 1 - t)) + suffix;
            }

            weights[t] = Bounded(shared);
            suffix += Math.Clamp((double)current[t] - teacher[t], options.LogRatioMinimum, options.LogRatioMaximum);
        }

        if (options.Variant == PearVariant.Sequence)
        {
            weights[..count].Fill(Bounded(suffix));
        }

        float Bounded(double logWeight) => (float)Math.Clamp(Math.Exp(logWeight), options.Minimum, options.Maximum);
    }

    /// <inheritdoc/>
    public void Weigh(ScoredDemonstration demonstration, Span<float> weights)
    {
        Compute(demonstration.Current, demonstration.Teacher, options, weights);
        if (demonstration.IsRight || options.Negative == 0)
        {
            return;
        }

        double floor = Math.Log(options.LikelihoodFloor);
        for (int t = 0; t < weights.Length; t++)
        {
            weights[t] = demonstration.Current[t] < floor ? 0 : (float)(-options.Negative * weights[t]);
        }
    }
}
