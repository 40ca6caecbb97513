using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Aggregation;

/// <summary>Dr. GRPO: the sum over all tokens divided by a constant, <c>1/(n L_max)</c> (paper) or <c>1/S</c> (verl), so that a token weighs the same in every response.</summary>
public sealed class ConstantLengthAggregation(ConstantLengthOptions options) : IAggregation
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IAggregation, ConstantLengthOptions> Definition { get; } = new(
        new ComponentInfo(
            "seq-mean-token-sum-norm",
            Seam.Aggregation,
            "Sum over all tokens divided by a constant length, whatever the lengths are.",
            "a_{i,t} = 1 / (n S) or 1 / S,  S = L_max",
            "Liu et al. 2025, Understanding R1-Zero-Like Training, arXiv:2503.20783"),
        ConstantLengthOptions.Schema,
        options => new ConstantLengthAggregation(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">No scale, and a batch without a response budget.</exception>
    public void Compute(PathBatch batch, Span<float> weights)
    {
        ArgumentNullException.ThrowIfNull(batch);
        double scale = options.Scale == 0 ? batch.ResponseBudget : options.Scale;
        if (scale <= 0)
        {
            throw new InvalidOperationException("'seq-mean-token-sum-norm' needs 'scale', or a batch with a response budget above 0.");
        }

        AggregationMode mode = options.PerSequence ? AggregationMode.SequenceMeanTokenSumOverScale : AggregationMode.TokenSumOverScale;
        LossAggregation.Compute(mode, batch.Mask, batch.PathOffsets, scale, weights);
    }
}
