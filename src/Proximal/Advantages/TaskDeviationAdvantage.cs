using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Advantages;

/// <summary>
/// EMA-GRPO: <c>A_i = (R_i - mean_g) / (σ_τ + ε)</c> with a deviation for each task τ that follows the mean deviation of its groups,
/// <c>σ_τ ← a σ_τ + (1-a) mean(std_g)</c>, before it is used. The first batch of a task sets it. Where every group of a task has been of equal rewards so far, A = 0.
/// </summary>
public sealed class TaskDeviationAdvantage(TaskDeviationOptions options) : IAdvantage, IStateful
{
    private const string StatePrefix = "task/";

    private readonly SortedDictionary<string, double> deviations = new(StringComparer.Ordinal);
    private float[] advantages = [];

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IAdvantage, TaskDeviationOptions> Definition { get; } = new(
        new ComponentInfo(
            "ema-grpo",
            Seam.Advantages,
            "Rewards centred within the group, over a moving average of the deviation of their task.",
            "A_{i,t} = (R_i - mean_g(R)) / (σ_τ + ε),  σ_τ ← a σ_τ + (1-a) mean_g std_g(R)",
            "OpenVLThinkerV2 2026, arXiv:2604.08539 (as a baseline)")
        {
            Mechanism = "The deviation of a single group is noisy and differs from prompt to prompt, which weighs prompts by accident. One slowly moving deviation a task removes that, "
                + "and still brings tasks with rewards of different size to one scale.",
        },
        TaskDeviationOptions.Schema,
        options => new TaskDeviationAdvantage(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>σ_τ of each task, by its name; one without name where batches have no trajectories.</summary>
    public IReadOnlyDictionary<string, double> Deviations => deviations;

    /// <inheritdoc/>
    public void Compute(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Columns.RequireFiniteRewards(this, batch, batch.Rewards, "reward of path");
        Update(batch);
        Span<float> perPath = Columns.Rent(ref advantages, batch.PathCount);
        for (int group = 0; group < batch.GroupCount; group++)
        {
            Range paths = batch.Group(group);
            GroupRelativeAdvantage.Compute(batch.Rewards[paths], perPath[paths], GroupNormalization.None, 0);
            double deviation = deviations[RewardTerms.TaskOf(batch, group)];
            foreach (ref float advantage in perPath[paths])
            {
                advantage = deviation == 0 ? 0 : (float)(advantage / (deviation + options.Epsilon));
            }
        }

        OutcomeAdvantage.Broadcast(batch, perPath, batch.Advantage);
    }

    /// <inheritdoc/>
    public void Save(IDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        foreach ((string task, double deviation) in deviations)
        {
            state[StatePrefix + task] = [deviation];
        }
    }

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        deviations.Clear();
        foreach ((string task, double[] deviation) in state)
        {
            deviations[task[StatePrefix.Length..]] = deviation[0];
        }
    }

    private void Update(PathBatch batch)
    {
        Dictionary<string, (double Sum, int Count)> means = new(StringComparer.Ordinal);
        for (int group = 0; group < batch.GroupCount; group++)
        {
            ReadOnlySpan<float> rewards = batch.Rewards[batch.Group(group)];
            string task = RewardTerms.TaskOf(batch, group);
            (double sum, int count) = means.GetValueOrDefault(task);
            double deviation = rewards.Length > 1 && !rewards.ContainsAnyExcept(rewards[0])
                ? 0
                : GroupRelativeAdvantage.Deviation(rewards, GroupRelativeAdvantage.Mean(rewards), GroupNormalization.SampleDeviation);
            means[task] = (sum + deviation, count + 1);
        }

        foreach ((string task, (double sum, int count)) in means)
        {
            double mean = sum / count;
            deviations[task] = deviations.TryGetValue(task, out double known) && known > 0 ? (options.Decay * known) + ((1 - options.Decay) * mean) : mean;
        }
    }
}
