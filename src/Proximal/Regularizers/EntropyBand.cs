using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Regularizers;

/// <summary>
/// A penalty on the mean entropy of a task outside its band, <c>λ (max(0, H_τ - H_max) + max(0, H_min - H_τ))</c>, with H_τ the mean over the tokens of the task's
/// responses in the minibatch. Every one of these tokens carries the penalty, so that a token-mean weighs it by the task's share of tokens. The paper estimates
/// H_τ by sampled negative log-probabilities; the entropy of each distribution has the same mean and an exact gradient.
/// </summary>
public sealed class EntropyBand(EntropyBandOptions options) : IRegularizer
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IRegularizer, EntropyBandOptions> Definition { get; } = new(
        new ComponentInfo(
            "entropy-band",
            Seam.Regularizers,
            "Penalty on the mean entropy of a task outside a band.",
            "p_{i,t} = λ (max(0, H_τ - H_max) + max(0, H_min - H_τ)),  H_τ = mean entropy of the task's tokens",
            "OpenVLThinkerV2 2026, arXiv:2604.08539, equations 9-10")
        {
            Mechanism = "A bonus on entropy pushes for ever, also where the policy already wanders. A band leaves the policy alone inside and pushes back with constant force outside: up where "
                + "exploration collapses, down where it explodes, for every task by its own bounds.",
        },
        EntropyBandOptions.Schema,
        options => new EntropyBand(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    public string Metric => options.Task.Length == 0 ? "entropy-band" : $"entropy-band-{options.Task}";

    /// <summary>The distance of an entropy from the band, and its derivative: 1 above, -1 below, 0 inside.</summary>
    /// <param name="entropy">H.</param>
    /// <param name="low">H_min.</param>
    /// <param name="high">H_max.</param>
    public static (double Distance, int Slope) Distance(double entropy, double low, double high) =>
        entropy > high ? (entropy - high, 1) : entropy < low ? (low - entropy, -1) : (0, 0);

    /// <inheritdoc/>
    public double Apply(PathBatch batch, Penalty penalty)
    {
        ArgumentNullException.ThrowIfNull(batch);
        double sum = 0;
        int tokens = 0;
        for (int path = 0; path < batch.PathCount; path++)
        {
            if (Concerns(batch, path))
            {
                ReadOnlySpan<float> entropy = batch.Entropy[batch.Path(path)], mask = batch.Mask[batch.Path(path)];
                for (int t = 0; t < mask.Length; t++)
                {
                    sum += mask[t] == 0 ? 0 : entropy[t];
                    tokens += mask[t] == 0 ? 0 : 1;
                }
            }
        }

        (double distance, int slope) = tokens == 0 ? (0, 0) : Distance(sum / tokens, options.Low, options.High);
        for (int path = 0; path < batch.PathCount && slope != 0; path++)
        {
            for (int t = batch.PathOffsets[path], end = Concerns(batch, path) ? batch.PathOffsets[path + 1] : t; t < end; t++)
            {
                if (batch.Mask[t] != 0)
                {
                    penalty.Loss[t] += (float)(options.Coefficient * distance);
                    penalty.EntropyGradient[t] += (float)(options.Coefficient * slope);
                }
            }
        }

        return distance * tokens;
    }

    private bool Concerns(PathBatch batch, int path) => options.Task.Length == 0 || batch.Trajectory(path).Instance.Family == options.Task;
}
