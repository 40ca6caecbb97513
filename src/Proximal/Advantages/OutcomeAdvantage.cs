using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Advantages;

/// <summary>An advantage of one number a rollout, the same on all its tokens, computed inside each group.</summary>
/// <param name="info">What the method is called.</param>
public abstract class OutcomeAdvantage(ComponentInfo info) : IAdvantage
{
    private float[] advantages = [];

    /// <inheritdoc/>
    public ComponentInfo Info { get; } = info;

    /// <inheritdoc/>
    public void Compute(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Columns.RequireFiniteRewards(this, batch, batch.Rewards, "reward of path");
        Span<float> perPath = Columns.Rent(ref advantages, batch.PathCount);
        for (int group = 0; group < batch.GroupCount; group++)
        {
            Range paths = batch.Group(group);
            ComputeGroup(batch, group, batch.Rewards[paths], perPath[paths]);
        }

        Complete(batch, perPath);
        Broadcast(batch, perPath, batch.Advantage);
    }

    /// <summary>Gives every token of a path the path's number, times the mask.</summary>
    /// <param name="batch">Offsets and mask.</param>
    /// <param name="perPath">One number a path. [paths]</param>
    /// <param name="perToken">Receives the numbers. [tokens]</param>
    public static void Broadcast(PathBatch batch, ReadOnlySpan<float> perPath, Span<float> perToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ReadOnlySpan<float> mask = batch.Mask;
        for (int path = 0; path < batch.PathCount; path++)
        {
            for (int t = batch.PathOffsets[path]; t < batch.PathOffsets[path + 1]; t++)
            {
                perToken[t] = mask[t] == 0 ? 0 : perPath[path];
            }
        }
    }

    /// <summary>Computes the advantages of one group.</summary>
    /// <param name="batch">The batch, for what else the method looks at.</param>
    /// <param name="group">Index of the group.</param>
    /// <param name="rewards">Rewards of its rollouts. [paths of the group]</param>
    /// <param name="advantages">Receives the advantages. [paths of the group]</param>
    protected abstract void ComputeGroup(PathBatch batch, int group, ReadOnlySpan<float> rewards, Span<float> advantages);

    /// <summary>Runs when all groups are done, for what looks at the whole batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="advantages">Advantages so far. [paths]</param>
    protected virtual void Complete(PathBatch batch, Span<float> advantages)
    {
    }
}
