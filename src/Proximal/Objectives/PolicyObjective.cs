using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Ratios;
using Proximal.Recipes;
using Proximal.Recipes.Explanations;
using Proximal.Regularizers;
using Proximal.Rollouts;

namespace Proximal.Objectives;

/// <summary>
/// The loss of a policy, put together from one component a seam: <c>L = Σ_t a_t ( m_t c_t ℓ_t(r_t, A_t) + Σ_k p_{k,t} )</c> with the weight a of the
/// aggregation, m of the selection, c of the correction, the surrogate ℓ of the clipping and the penalties p of the regularizers.
/// </summary>
/// <remarks>
/// The loss depends on the model through log-probability, entropy and full divergence of each token only, so its gradient is three columns. Work
/// arrays are kept: after the largest batch nothing is allocated. Ratios and clip marks stay in the batch, for whoever shows them. Not safe for use by several threads at once.
/// </remarks>
public sealed class PolicyObjective
{
    private readonly IRatio ratio;
    private readonly ICorrection? correction;
    private readonly IClipping clipping;
    private readonly IRegularizer[] regularizers;
    private readonly IAggregation aggregation;
    private readonly IPrepares[] preparing;
    private float[] weights = [];
    private float[] corrections = [];
    private float[] losses = [];
    private float[] ratioGradients = [];
    private float[] currentGradients = [];
    private float[] penalties = [];

    /// <summary>Puts an objective together.</summary>
    /// <param name="ratio">Log-probabilities to importance ratios.</param>
    /// <param name="correction">Weights for a sampler that differs from the trainer, or null.</param>
    /// <param name="clipping">Ratio and advantage to a surrogate loss.</param>
    /// <param name="regularizers">Penalties and bonuses.</param>
    /// <param name="aggregation">Losses of tokens to one number.</param>
    public PolicyObjective(IRatio ratio, ICorrection? correction, IClipping clipping, IReadOnlyList<IRegularizer> regularizers, IAggregation aggregation)
    {
        ArgumentNullException.ThrowIfNull(ratio);
        ArgumentNullException.ThrowIfNull(clipping);
        ArgumentNullException.ThrowIfNull(regularizers);
        ArgumentNullException.ThrowIfNull(aggregation);
        (this.ratio, this.correction, this.clipping, this.aggregation) = (ratio, correction, clipping, aggregation);
        this.regularizers = [.. regularizers];
        Metrics = new ObjectiveMetrics(MetricNames(regularizers));
        preparing = [.. Components.OfType<IPrepares>()];
        Requirements = Components.OfType<IRequires>().Aggregate(Requirements.None, (all, component) => all | component.Requirements);
    }

    /// <summary>What the components need the trainer to compute.</summary>
    public Requirements Requirements { get; }

    /// <summary>The components in the order of the flow.</summary>
    public IEnumerable<IComponent> Components =>
        new IComponent?[] { ratio, correction, clipping }.Concat(regularizers).Append(aggregation).OfType<IComponent>();

    /// <summary>What the last minibatch showed.</summary>
    public ObjectiveMetrics Metrics { get; }

    /// <summary>Loss, metrics and gradients of a minibatch.</summary>
    /// <param name="batch">The minibatch.</param>
    /// <param name="gradients">Receives the gradient. [tokens] each</param>
    /// <exception cref="NonFiniteException">A number that is not finite met a component.</exception>
    public ObjectiveMetrics Evaluate(PathBatch batch, ObjectiveGradients gradients)
    {
        Prepare(batch);
        EvaluatePart(batch, 0, gradients);
        return Metrics;
    }

    /// <summary>Begins a minibatch that is evaluated in parts: fixes everything that is counted over the whole of it, and resets <see cref="Metrics"/>.</summary>
    /// <param name="minibatch">The whole minibatch.</param>
    public void Prepare(PathBatch minibatch)
    {
        ArgumentNullException.ThrowIfNull(minibatch);
        Metrics.Reset();
        aggregation.Compute(minibatch, Columns.Rent(ref weights, minibatch.TokenCount));
        Span<float> factors = Columns.Rent(ref corrections, minibatch.TokenCount);
        factors.Fill(1);
        if (correction is not null)
        {
            Columns.RequireFinite(correction, minibatch, minibatch.Old, "old log-probability");
            Columns.RequireFinite(correction, minibatch, minibatch.Behaviour, "behaviour log-probability");
            correction.Compute(minibatch, factors);
            Columns.RequireFinite(correction, minibatch, factors, "weight");
        }

        if (preparing.Length > 0)
        {
            Span<float> ratioColumn = minibatch.Ratio;
            ratioColumn.Clear();
            minibatch.Clipped.Clear();
            ComputeRatio(minibatch, ratioColumn, minibatch.Clipped);
            foreach (IPrepares component in preparing)
            {
                component.Prepare(minibatch, ratioColumn);
            }
        }
    }

    /// <summary>
    /// Adds one part of the minibatch of <see cref="Prepare"/>; the losses of the parts sum to that of the whole. Components that compare tokens
    /// of a batch with each other (covariance) see one part at a time.
    /// </summary>
    /// <param name="part">A window of whole groups on the minibatch.</param>
    /// <param name="firstToken">Where the part begins in the minibatch.</param>
    /// <param name="gradients">Receives the gradient of this part. [tokens of the part] each</param>
    /// <returns>The part's share of the loss.</returns>
    /// <exception cref="NonFiniteException">A number that is not finite met a component.</exception>
    public double EvaluatePart(PathBatch part, int firstToken, ObjectiveGradients gradients)
    {
        ArgumentNullException.ThrowIfNull(part);
        int count = part.TokenCount;
        ReadOnlySpan<float> weight = weights.AsSpan(firstToken, count), factor = corrections.AsSpan(firstToken, count);
        Span<float> ratioColumn = part.Ratio, penalty = Clear(ref penalties, count);
        ratioColumn.Clear();
        part.Clipped.Clear();
        Surrogate surrogate = new()
        {
            Loss = Clear(ref losses, count),
            RatioGradient = Clear(ref ratioGradients, count),
            CurrentGradient = Clear(ref currentGradients, count),
            Clipped = part.Clipped,
        };

        ApplySurrogate(part, ratioColumn, surrogate);
        ApplyRegularizers(part, weight, penalty, gradients);
        double loss = 0;
        ReadOnlySpan<float> mask = part.Mask, selection = part.Weight, current = part.Current, old = part.Old, entropy = part.Entropy, inserted = part.Inserted;
        for (int t = 0; t < count; t++)
        {
            float scale = weight[t] * selection[t] * factor[t];
            loss += mask[t] == 0 ? 0 : ((double)scale * surrogate.Loss[t]) + ((double)weight[t] * penalty[t]);
            surrogate.RatioGradient[t] *= scale;
            gradients.Current[t] = (scale * surrogate.CurrentGradient[t]) + (weight[t] * gradients.Current[t]);
            gradients.Entropy[t] *= weight[t];
            gradients.FullDivergence[t] *= weight[t];
            if (mask[t] != 0)
            {
                Metrics.AddToken(ratioColumn[t], factor[t], surrogate.Clipped[t], LogRatio.Bounded(current[t], old[t]), entropy[t]);
                if (inserted[t] != 0)
                {
                    Metrics.AddInserted(ratioColumn[t], surrogate.Clipped[t]);
                }
            }
        }

        ratio.Backward(part, ratioColumn, surrogate.RatioGradient, gradients.Current);
        Columns.RequireFinite(ratio, part, gradients.Current[..count], "gradient");
        Metrics.AddLoss(loss);
        return loss;
    }

    /// <summary>The objective in mathematics: the sum, then the formula of each component.</summary>
    public string Describe() => ObjectiveMath.ToLines(ObjectiveFormula.Of(this, correction is not null, regularizers.Length));

    private static Span<float> Clear(ref float[] buffer, int length)
    {
        Span<float> span = Columns.Rent(ref buffer, length);
        span.Clear();
        return span;
    }

    private static List<string> MetricNames(IReadOnlyList<IRegularizer> regularizers)
    {
        List<string> names = [];
        foreach (IRegularizer regularizer in regularizers)
        {
            int same = names.Count(name => name == regularizer.Metric || name.StartsWith(regularizer.Metric + "-", StringComparison.Ordinal));
            names.Add(same == 0 ? regularizer.Metric : FormattableString.Invariant($"{regularizer.Metric}-{same + 1}"));
        }

        return names;
    }

    private void ComputeRatio(PathBatch part, Span<float> ratioColumn, Span<byte> clipped)
    {
        Columns.RequireFinite(ratio, part, part.Current, "current log-probability");
        Columns.RequireFinite(ratio, part, part.Old, "old log-probability");
        ratio.Compute(part, ratioColumn, clipped);
        Columns.RequireFinite(ratio, part, ratioColumn, "ratio");
    }

    private void ApplySurrogate(PathBatch part, Span<float> ratioColumn, Surrogate surrogate)
    {
        ComputeRatio(part, ratioColumn, surrogate.Clipped);
        Columns.RequireFinite(clipping, part, part.Advantage, "advantage");
        clipping.Apply(part, ratioColumn, surrogate);
        Columns.RequireFinite(clipping, part, surrogate.Loss, "loss");
    }

    private void ApplyRegularizers(PathBatch part, ReadOnlySpan<float> weight, Span<float> penalty, ObjectiveGradients gradients)
    {
        int count = part.TokenCount;
        gradients.Current[..count].Clear();
        gradients.Entropy[..count].Clear();
        gradients.FullDivergence[..count].Clear();
        Penalty columns = new()
        {
            Weight = weight,
            Loss = penalty,
            CurrentGradient = gradients.Current[..count],
            EntropyGradient = gradients.Entropy[..count],
            DivergenceGradient = gradients.FullDivergence[..count],
        };
        for (int k = 0; k < regularizers.Length; k++)
        {
            Metrics.AddRegularizer(k, regularizers[k].Apply(part, columns));
            Columns.RequireFinite(regularizers[k], part, penalty, "penalty");
        }
    }
}
