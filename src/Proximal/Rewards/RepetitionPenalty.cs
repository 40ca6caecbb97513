using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Rewards;

/// <summary>
/// CAMPO's repetition penalty: the share f of a response that a loop at its end takes is subtracted from its reward, so an early loop costs more.
/// The paper compares blocks by edit similarity in its fuzzy variant; here positions are compared, because the blocks are of one length.
/// </summary>
public sealed class RepetitionPenalty(RepetitionPenaltyOptions options) : IRewardShaping, IMetricSource
{
    private int[] tokens = [];
    private double mean;

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IRewardShaping, RepetitionPenaltyOptions> Definition { get; } = new(
        new ComponentInfo(
            "repetition-penalty",
            Seam.Shaping,
            "Subtracts the share of a response that a loop at its end takes.",
            "R_i ← R_i - c f(o_i),  f = (n - start of the final loop) / n",
            "Li et al. 2025, MiroMind-M1, equations 5 and 6, arXiv:2507.14683")
        {
            Mechanism = "A detector looks for the longest block that is repeated without a gap up to the end of a response that hit its token budget. The earlier the loop begins, the larger the share that is subtracted before advantages are computed. A response that ends by itself pays nothing, so a right one can only lose by looping.",
        },
        RepetitionPenaltyOptions.Schema,
        options => new RepetitionPenalty(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>The mean penalty of the last batch.</summary>
    public IEnumerable<(string Name, double Value)> Metrics => [("reward/repetition", mean)];

    /// <inheritdoc/>
    public void Shape(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        double total = 0;
        for (int path = 0; path < batch.PathCount; path++)
        {
            if (options.TruncatedOnly && batch.Truncated[path] == 0)
            {
                continue;
            }

            ReadOnlySpan<float> mask = batch.Mask[batch.Path(path)];
            ReadOnlySpan<int> all = batch.Tokens[batch.Path(path)];
            Span<int> response = Columns.Rent(ref tokens, all.Length);
            int count = 0, last = -1;
            for (int t = 0; t < all.Length; t++)
            {
                if (mask[t] != 0)
                {
                    response[count++] = all[t];
                    last = t;
                }
            }

            if (last >= 0)
            {
                float penalty = (float)(options.Factor * LoopDetector.Share(response[..count], options.Similarity));
                batch.Rewards[path] -= penalty;
                batch.TokenReward[batch.PathOffsets[path] + last] -= penalty;
                total += penalty;
            }
        }

        mean = batch.PathCount == 0 ? 0 : total / batch.PathCount;
    }
}
