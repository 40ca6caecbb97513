using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Rewards;

/// <summary>
/// Rewards standardized with the mean and standard deviation of all rewards so far, those of the batch included, and clipped:
/// <c>R̃ = clip((R - μ) / σ, -δ, δ)</c>. μ and σ are Welford's running values, σ that of the population; while σ is 0 all rewards become 0. The change
/// goes to the last policy token. Stands before a KL penalty, which is not to be standardized.
/// </summary>
public sealed class RewardNormalization(RewardNormalizationOptions options) : IRewardShaping, IStateful, IMetricSource
{
    private const string StateKey = "moments";

    private double count;
    private double squares;

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IRewardShaping, RewardNormalizationOptions> Definition { get; } = new(
        new ComponentInfo(
            "reward-normalization",
            Seam.Shaping,
            "Standardizes rewards with running statistics and clips them.",
            "R_i ← clip((R_i - μ) / σ, -δ, δ),  μ, σ over all rewards so far",
            "Zheng et al. 2023, Secrets of RLHF in Large Language Models Part I: PPO, arXiv:2307.04964")
        {
            Mechanism = "A learned reward has no scale, and its largest values are the ones that are least trustworthy. Standardizing by everything seen so far keeps the scale of the critic's "
                + "targets, and clipping takes the prize off the far end, where a policy would otherwise look for the errors of the reward model.",
        },
        RewardNormalizationOptions.Schema,
        options => new RewardNormalization(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>μ: mean of the rewards so far.</summary>
    public double Mean { get; private set; }

    /// <summary>σ: population standard deviation of the rewards so far.</summary>
    public double StandardDeviation => count == 0 ? 0 : Math.Sqrt(squares / count);

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics => [("reward/running-mean", Mean), ("reward/running-deviation", StandardDeviation)];

    /// <summary>Takes note of a reward.</summary>
    public void Add(double reward)
    {
        count++;
        double difference = reward - Mean;
        Mean += difference / count;
        squares += difference * (reward - Mean);
    }

    /// <summary>R̃ of a reward, by the statistics as they stand.</summary>
    public double Normalize(double reward)
    {
        double deviation = StandardDeviation, normal = deviation == 0 ? 0 : (reward - Mean) / deviation;
        return options.Clip == 0 ? normal : Math.Clamp(normal, -options.Clip, options.Clip);
    }

    /// <inheritdoc/>
    public void Shape(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Columns.RequireFiniteRewards(this, batch, batch.Rewards, "reward");
        foreach (float reward in batch.Rewards)
        {
            Add(reward);
        }

        for (int path = 0; path < batch.PathCount; path++)
        {
            float before = batch.Rewards[path], after = (float)Normalize(before);
            int last = batch.Mask[batch.Path(path)].LastIndexOfAnyExcept(0f);
            batch.Rewards[path] = after;
            if (last >= 0)
            {
                ref float token = ref batch.TokenReward[batch.PathOffsets[path] + last];
                token = (float)((double)token - before + after);
            }
        }
    }

    /// <inheritdoc/>
    public void Save(IDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state[StateKey] = [count, Mean, squares];
    }

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        double[] moments = state[StateKey];
        (count, Mean, squares) = (moments[0], moments[1], moments[2]);
    }
}
