using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Aggregation;

/// <summary>The three aggregations that count what is in the batch: token-mean, seq-mean-token-sum and seq-mean-token-mean.</summary>
public sealed class MeanAggregation : IAggregation
{
    private readonly AggregationMode mode;

    private MeanAggregation(AggregationMode mode, ComponentInfo info) => (this.mode, Info) = (mode, info);

    /// <summary>Mean over all tokens: long responses weigh more. DAPO.</summary>
    public static ComponentDefinition<IAggregation, NoOptions> TokenMeanDefinition { get; } = Define(
        AggregationMode.TokenMean, "token-mean", "Mean over all tokens of the minibatch.", "a_{i,t} = 1 / Σ_j L_j", "Yu et al. 2025, DAPO, arXiv:2503.14476");

    /// <summary>Sum over the tokens of a sequence, mean over sequences: the unbiased policy gradient. REINFORCE, RLOO.</summary>
    public static ComponentDefinition<IAggregation, NoOptions> SequenceMeanTokenSumDefinition { get; } = Define(
        AggregationMode.SequenceMeanTokenSum, "seq-mean-token-sum", "Sum over the tokens of a sequence, mean over sequences.", "a_{i,t} = 1 / n", "Williams 1992");

    /// <summary>Mean over the tokens of a sequence, then over sequences: short responses weigh more a token. GRPO.</summary>
    public static ComponentDefinition<IAggregation, NoOptions> SequenceMeanTokenMeanDefinition { get; } = Define(
        AggregationMode.SequenceMeanTokenMean,
        "seq-mean-token-mean",
        "Mean over the tokens of a sequence, then over sequences.",
        "a_{i,t} = 1 / (n L_i)",
        "Shao et al. 2024, DeepSeekMath, arXiv:2402.03300");

    /// <inheritdoc/>
    public ComponentInfo Info { get; }

    /// <summary>Mean over all tokens.</summary>
    public static MeanAggregation TokenMean() => new(AggregationMode.TokenMean, TokenMeanDefinition.Info);

    /// <summary>Sum over the tokens of a sequence, mean over sequences.</summary>
    public static MeanAggregation SequenceMeanTokenSum() => new(AggregationMode.SequenceMeanTokenSum, SequenceMeanTokenSumDefinition.Info);

    /// <summary>Mean over the tokens of a sequence, then over sequences.</summary>
    public static MeanAggregation SequenceMeanTokenMean() => new(AggregationMode.SequenceMeanTokenMean, SequenceMeanTokenMeanDefinition.Info);

    /// <inheritdoc/>
    public void Compute(PathBatch batch, Span<float> weights)
    {
        ArgumentNullException.ThrowIfNull(batch);
        LossAggregation.Compute(mode, batch.Mask, batch.PathOffsets, 1, weights);
    }

    private static ComponentDefinition<IAggregation, NoOptions> Define(AggregationMode mode, string key, string summary, string formula, string reference)
    {
        ComponentInfo info = new(key, Seam.Aggregation, summary, formula, reference);
        return new ComponentDefinition<IAggregation, NoOptions>(info, NoOptions.Schema, _ => new MeanAggregation(mode, info));
    }
}
