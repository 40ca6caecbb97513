using Proximal.Ratios;
using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Regularizers;

/// <summary>
/// A penalty <c>β k(u)</c> on the divergence from the reference, <c>u = log π_θ - log π_ref</c>. An adaptive β moves between steps, by the mean
/// estimate over all sequences that the last step evaluated, so that minibatches of one step share it.
/// </summary>
public sealed class KlRegularizer(KlRegularizerOptions options) : IRegularizer, IRequires, IStateful
{
    private const string StateKey = "step";

    private readonly KlController controller = new(options.Coefficient, options.Adaptive, options.Target, options.Horizon);
    private int step;
    private double sum;
    private double tokens;
    private double sequences;

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IRegularizer, KlRegularizerOptions> Definition { get; } = new(
        new ComponentInfo(
            "kl",
            Seam.Regularizers,
            "Penalty on the divergence from the reference policy.",
            "p_{i,t} = β k(u),  u = log π_θ - log π_ref,  k1 = u, k2 = u²/2, k3 = e^{-u} - 1 + u, abs = |u|, full = Σ_v π_θ(v) log(π_θ(v)/π_ref(v))",
            "Schulman 2020, Approximating KL Divergence; Shao et al. 2024, DeepSeekMath, arXiv:2402.03300"),
        KlRegularizerOptions.Schema,
        options => new KlRegularizer(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    public string Metric => "kl";

    /// <inheritdoc/>
    public Requirements Requirements => options.Estimator == KlEstimator.Full ? Requirements.FullDivergence : Requirements.Reference;

    /// <summary>β as it stands.</summary>
    public double Coefficient => controller.Coefficient;

    /// <inheritdoc/>
    public double Apply(PathBatch batch, Penalty penalty)
    {
        ArgumentNullException.ThrowIfNull(batch);
        BeginStep(batch.Step);
        ReadOnlySpan<float> mask = batch.Mask, current = batch.Current, old = batch.Old, reference = batch.Reference, full = batch.FullDivergence;
        double total = 0, beta = controller.Coefficient;
        for (int t = 0; t < mask.Length; t++)
        {
            if (mask[t] == 0)
            {
                continue;
            }

            double weight = options.ImportanceWeighted ? Math.Exp(LogRatio.Bounded(current[t], old[t])) : 1;
            double value, gradient = 0;
            if (options.Estimator == KlEstimator.Full)
            {
                value = full[t];
                penalty.DivergenceGradient[t] += (float)(beta * weight);
            }
            else
            {
                (value, gradient) = KlDivergence.Token(options.Estimator, current[t], reference[t]);
            }

            penalty.Loss[t] += (float)(beta * weight * value);
            penalty.CurrentGradient[t] += (float)(beta * weight * gradient);
            total += value;
        }

        sum += total;
        tokens += Columns.Count(mask);
        sequences += batch.PathCount;
        return total;
    }

    /// <inheritdoc/>
    public void Save(IDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        controller.Save(state);
        state[StateKey] = [step, sum, tokens, sequences];
    }

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        controller.Load(state);
        double[] values = state[StateKey];
        (step, sum, tokens, sequences) = ((int)values[0], values[1], values[2], values[3]);
    }

    private void BeginStep(int next)
    {
        if (next == step)
        {
            return;
        }

        if (tokens > 0)
        {
            controller.Update(sum / tokens, (int)sequences);
        }

        (step, sum, tokens, sequences) = (next, 0, 0, 0);
    }
}
