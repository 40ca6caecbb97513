using System.Runtime.InteropServices;
using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Tensors.Numerics;

namespace Proximal.Advantages;

/// <summary>
/// G²RPO: the rewards of a set are transported to a standard normal distribution, <c>A_i = Φ⁻¹((rank_i - 1/2)/N)</c> with ranks from 1 for the smallest; equal
/// rewards share the mean of their quantiles. The set is the group of a prompt by default; the paper also speaks of all rollouts of a task.
/// </summary>
public sealed class GaussianRankAdvantage(GaussianRankOptions options) : IAdvantage
{
    private float[] sorted = [];
    private int[] order = [];
    private float[] advantages = [];

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IAdvantage, GaussianRankOptions> Definition { get; } = new(
        new ComponentInfo(
            "g2rpo",
            Seam.Advantages,
            "The normal quantile of the rank that a reward has in its set.",
            "A_{i,t} = Φ⁻¹((rank_i - 1/2) / N), equal rewards share the mean",
            "OpenVLThinkerV2 2026, arXiv:2604.08539")
        {
            Mechanism = "Standardizing keeps the shape of the rewards: dense ones give small differences, rare bonuses give outliers, and a task with large rewards drowns the others. "
                + "Optimal transport to a normal distribution looks at the order alone, so that binary, dense and heavy-tailed tasks all send advantages of one shape, and no advantage "
                + "is larger than the extreme quantile.",
        },
        GaussianRankOptions.Schema,
        options => new GaussianRankAdvantage(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>The advantages of one set of rewards.</summary>
    /// <param name="rewards">R. [N]</param>
    /// <param name="advantages">Receives the advantages. [N]</param>
    public static void Compute(ReadOnlySpan<float> rewards, Span<float> advantages)
    {
        float[] sorted = rewards.ToArray();
        int[] order = new int[rewards.Length];
        Compute(sorted, order, advantages);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Tasks are told apart in a batch without trajectories.</exception>
    public void Compute(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Columns.RequireFiniteRewards(this, batch, batch.Rewards, "reward of path");
        Span<float> perPath = Columns.Rent(ref advantages, batch.PathCount);
        switch (options.Set)
        {
            case RankSet.Group:
                for (int group = 0; group < batch.GroupCount; group++)
                {
                    Range paths = batch.Group(group);
                    Rank(batch.Rewards[paths], perPath[paths]);
                }

                break;
            case RankSet.Task:
                RankTasks(batch, perPath);
                break;
            default:
                Rank(batch.Rewards, perPath);
                break;
        }

        OutcomeAdvantage.Broadcast(batch, perPath, batch.Advantage);
    }

    private static void Compute(Span<float> sorted, Span<int> order, Span<float> advantages)
    {
        int n = sorted.Length;
        for (int i = 0; i < n; i++)
        {
            order[i] = i;
        }

        sorted.Sort(order);
        for (int start = 0, end; start < n; start = end)
        {
            double sum = 0;
            for (end = start; end < n && sorted[end] == sorted[start]; end++)
            {
                sum += Quantile(end, n);
            }

            // Rounding must not turn equal rewards into tiny advantages.
            float advantage = end - start == n ? 0 : (float)(sum / (end - start));
            foreach (int path in order[start..end])
            {
                advantages[path] = advantage;
            }
        }
    }

    /// <summary>Φ⁻¹ in the middle of the k-th of n equal shares, exactly odd about the middle.</summary>
    private static double Quantile(int k, int n) => k < n - 1 - k ? SpecialFunctions.NormalQuantile((k + 0.5) / n) : k == n - 1 - k ? 0 : -SpecialFunctions.NormalQuantile((n - k - 0.5) / n);

    private void Rank(ReadOnlySpan<float> rewards, Span<float> perPath)
    {
        Span<float> values = Columns.Rent(ref sorted, rewards.Length);
        rewards.CopyTo(values);
        Compute(values, Columns.Rent(ref order, rewards.Length), perPath);
    }

    private void RankTasks(PathBatch batch, Span<float> perPath)
    {
        Dictionary<string, List<int>> tasks = new(StringComparer.Ordinal);
        for (int path = 0; path < batch.PathCount; path++)
        {
            string task = batch.Trajectory(path).Instance.Family;
            (CollectionsMarshal.GetValueRefOrAddDefault(tasks, task, out _) ??= []).Add(path);
        }

        foreach (List<int> paths in tasks.Values)
        {
            float[] rewards = new float[paths.Count], ranked = new float[paths.Count];
            for (int i = 0; i < rewards.Length; i++)
            {
                rewards[i] = batch.Rewards[paths[i]];
            }

            Rank(rewards, ranked);
            for (int i = 0; i < ranked.Length; i++)
            {
                perPath[paths[i]] = ranked[i];
            }
        }
    }
}
