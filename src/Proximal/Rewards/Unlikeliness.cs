using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Rewards;

/// <summary>
/// The unlikeliness reward: rewards above 0 are multiplied by <c>1 - β rank_i / G</c>, where rank 0 is the least likely response of the group under the old policy and
/// G - 1 the most likely. All responses are ranked, not only right ones; equally likely ones share their mean rank. Rewards of 0 or less stay.
/// </summary>
public sealed class Unlikeliness(UnlikelinessOptions options) : IRewardShaping
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IRewardShaping, UnlikelinessOptions> Definition { get; } = new(
        new ComponentInfo(
            "unlikeliness",
            Seam.Shaping,
            "Right responses earn less the more likely they were among the responses of the group.",
            "R_i ← R_i (1 - β rank_i / G)  where R_i > 0,  rank by log π_old(y_i) / L_i from 0 for the least likely",
            "He et al. 2025, Rewarding the Unlikely, arXiv:2506.02355")
        {
            Mechanism = "GRPO sees likely solutions more often and raises them most, so the rare ones fade: one attempt succeeds more often, many attempts less. A factor that falls with the "
                + "rank makes the rarest right response of a group its best one, without ever putting a wrong one above a right one. More epochs over a batch work in the same direction, "
                + "because rare responses only gain once likely ones are clipped.",
        },
        UnlikelinessOptions.Schema,
        options => new Unlikeliness(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>Ranks from 0 for the smallest value; equal values share the mean of their ranks.</summary>
    /// <param name="values">The values. [G]</param>
    /// <param name="ranks">Receives the ranks. [G]</param>
    public static void Rank(ReadOnlySpan<double> values, Span<double> ranks)
    {
        for (int i = 0; i < values.Length; i++)
        {
            int below = 0, equal = 0;
            foreach (double value in values)
            {
                below += value < values[i] ? 1 : 0;
                equal += value == values[i] ? 1 : 0;
            }

            ranks[i] = below + ((equal - 1) / 2.0);
        }
    }

    /// <summary>The factor of a reward above 0.</summary>
    /// <param name="rank">Rank from 0 for the least likely response.</param>
    /// <param name="groupSize">G.</param>
    /// <param name="options">β and the form.</param>
    public static double Factor(double rank, int groupSize, UnlikelinessOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return 1 - (options.Coefficient * (rank + (options.PaperForm ? 1 : 0)) / groupSize);
    }

    /// <inheritdoc/>
    public void Shape(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Columns.RequireFinite(this, batch, batch.Old, "old log-probability");
        for (int group = 0; group < batch.GroupCount; group++)
        {
            int first = batch.GroupOffsets[group], size = batch.GroupOffsets[group + 1] - first;
            double[] likelihoods = new double[size], ranks = new double[size];
            for (int i = 0; i < size; i++)
            {
                likelihoods[i] = Likelihood(batch, first + i);
            }

            Rank(likelihoods, ranks);
            for (int i = 0; i < size; i++)
            {
                if (batch.Rewards[first + i] > 0)
                {
                    LastToken.Add(batch, first + i, batch.Rewards[first + i] * (Factor(ranks[i], size, options) - 1));
                }
            }
        }
    }

    private double Likelihood(PathBatch batch, int path)
    {
        ReadOnlySpan<float> old = batch.Old[batch.Path(path)], mask = batch.Mask[batch.Path(path)];
        double sum = 0;
        for (int t = 0; t < old.Length; t++)
        {
            sum += mask[t] == 0 ? 0 : old[t];
        }

        return options.PerToken ? sum / Math.Max(1, Columns.Count(mask)) : sum;
    }
}
