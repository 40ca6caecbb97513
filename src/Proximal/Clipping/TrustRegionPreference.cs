using Proximal.Ratios;
using Proximal.Recipes;
using Proximal.Regularizers;
using Proximal.Rollouts;

namespace Proximal.Clipping;

/// <summary>
/// TRPA: rules sort the responses of a group into levels (<see cref="PreferenceLevels"/>), and all pairs of different levels are preferences,
/// <c>L = -1/#pairs Σ log σ(s_a β (Δ_i - Δ_j)) + c_tr KL(π_old ‖ π_θ)</c>, with the length-averaged log-ratio <c>Δ_i = 1/L_i Σ_t (log π_θ - log π_anchor)</c>. Pairs and tokens are counted over
/// the whole minibatch; without any pair every response has <c>-log σ(±Δ_i)</c>. Advantages and ratios are not looked at.
/// </summary>
/// <remarks>The losses of tokens are shares of that number, so that it belongs with an aggregation that sums them: <c>seq-mean-token-sum-norm</c> with scale 1, not per sequence.</remarks>
public sealed class TrustRegionPreference(TrustRegionPreferenceOptions options) : IClipping, IPrepares, IRequires, IMetricSource
{
    private const double RootOffset = 0.25;

    private int[] levels = [];
    private double[] differences = [];
    private double[] gradients = [];
    private double pairs;
    private double ordered;
    private double responses;
    private double tokens;
    private double divergence;

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IClipping, TrustRegionPreferenceOptions> Definition { get; } = new(
        new ComponentInfo(
            "trpa",
            Seam.Clipping,
            "Preferences between all responses of a group that rules put into different levels.",
            "Σ ℓ = -1/#pairs Σ_{a_i<a_j} log σ(s_{a_i} β (Δ_i - Δ_j)) + c_tr mean_t k3(log π_θ, log π_old),  Δ_i = 1/L_i Σ_t (log π_θ - log π_ref)",
            "Su et al. 2025, Trust Region Preference Approximation: A simple and stable reinforcement learning algorithm for LLM reasoning, arXiv:2504.04524")
        {
            Mechanism = "Rewards are only used to order responses: right before wrong, wrong before unreadable, unreadable before ill-formed. Each pair of different levels is a preference whose loss flattens once the better one is likelier, so no scale of rewards can be exploited, and pairs that a right response wins are steeper. The divergence from the policy that generated them keeps each step small.",
        },
        TrustRegionPreferenceOptions.Schema,
        options => new TrustRegionPreference(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    public Requirements Requirements => options.Anchor == PreferenceAnchor.Reference ? Requirements.Reference : Requirements.None;

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics =>
        [("preference/pairs", pairs), ("preference/accuracy", pairs == 0 ? 0 : ordered / pairs), ("preference/divergence", divergence)];

    /// <inheritdoc/>
    public void Prepare(PathBatch minibatch, ReadOnlySpan<float> ratio)
    {
        ArgumentNullException.ThrowIfNull(minibatch);
        (pairs, ordered, responses, tokens, divergence) = (0, 0, 0, Columns.Count(minibatch.Mask), 0);
        Span<int> level = Columns.Rent(ref levels, minibatch.PathCount);
        for (int path = 0; path < minibatch.PathCount; path++)
        {
            level[path] = Level(minibatch, path);
            responses += level[path] > 0 ? 1 : 0;
        }

        for (int group = 0; group < minibatch.GroupCount; group++)
        {
            pairs += PreferenceLevels.Count(level[minibatch.Group(group)], options.Pairs);
        }

        ReadOnlySpan<float> current = minibatch.Current, old = minibatch.Old, mask = minibatch.Mask;
        for (int t = 0; t < mask.Length; t++)
        {
            divergence += mask[t] == 0 ? 0 : KlDivergence.Token(KlEstimator.K3, current[t], old[t]).Value / tokens;
        }
    }

    /// <inheritdoc/>
    public void Apply(PathBatch batch, ReadOnlySpan<float> ratio, Surrogate surrogate)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ReadOnlySpan<float> anchor = options.Anchor == PreferenceAnchor.Reference ? batch.Reference : batch.Old;
        Columns.RequireFinite(this, batch, anchor, "anchor log-probability");
        Span<int> level = Columns.Rent(ref levels, batch.PathCount);
        Span<double> difference = Columns.Rent(ref differences, batch.PathCount), gradient = Columns.Rent(ref gradients, batch.PathCount);
        for (int group = 0; group < batch.GroupCount; group++)
        {
            Range paths = batch.Group(group);
            for (int path = paths.Start.Value; path < paths.End.Value; path++)
            {
                level[path] = Level(batch, path);
                Range range = batch.Path(path);
                difference[path] = SequenceRatio.MeanLogRatio(batch.Current[range], anchor[range], batch.Mask[range]);
            }

            ApplyGroup(batch, paths, level, difference, gradient, surrogate);
        }

        ApplyTrustRegion(batch, surrogate);
    }

    /// <summary>The level of a path; 0 where a selection took all of its tokens.</summary>
    private static int Level(PathBatch batch, int path) =>
        batch.Mask[batch.Path(path)].ContainsAnyExcept(0f) ? PreferenceLevels.Of(batch.Trajectory(path).Verdict) : 0;

    private void ApplyGroup(PathBatch batch, Range paths, Span<int> level, Span<double> difference, Span<double> gradient, Surrogate surrogate)
    {
        double loss = 0;
        if (pairs > 0)
        {
            (loss, _, int right) = PreferenceLevels.Compute(level[paths], difference[paths], options, gradient[paths]);
            ordered += right;
        }
        else
        {
            for (int path = paths.Start.Value; path < paths.End.Value; path++)
            {
                (double own, gradient[path]) = level[path] == 0 ? (0, 0) : PreferenceLevels.Single(level[path], difference[path]);
                loss += own;
            }
        }

        double scale = 1 / (pairs > 0 ? pairs : Math.Max(1, responses));
        int start = batch.PathOffsets[paths.Start.Value], end = batch.PathOffsets[paths.End.Value];
        double share = loss * scale / Math.Max(1, Columns.Count(batch.Mask[start..end]));
        for (int path = paths.Start.Value; path < paths.End.Value; path++)
        {
            Range range = batch.Path(path);
            ReadOnlySpan<float> mask = batch.Mask[range];
            double slope = gradient[path] * scale / Math.Max(1, Columns.Count(mask));
            for (int t = 0; t < mask.Length; t++)
            {
                surrogate.Loss[range][t] = mask[t] == 0 ? 0 : (float)share;
                surrogate.CurrentGradient[range][t] = mask[t] == 0 ? 0 : (float)slope;
            }
        }
    }

    private void ApplyTrustRegion(PathBatch batch, Surrogate surrogate)
    {
        ReadOnlySpan<float> current = batch.Current, old = batch.Old, mask = batch.Mask;
        double root = Math.Sqrt(divergence + RootOffset);
        for (int t = 0; t < mask.Length; t++)
        {
            if (mask[t] != 0)
            {
                (double value, double slope) = KlDivergence.Token(KlEstimator.K3, current[t], old[t]);
                surrogate.Loss[t] += (float)(options.TrustRegion * (options.RootTrustRegion ? root : value) / tokens);
                surrogate.CurrentGradient[t] += (float)(options.TrustRegion * (options.RootTrustRegion ? slope / (2 * root) : slope) / tokens);
            }
        }
    }
}
