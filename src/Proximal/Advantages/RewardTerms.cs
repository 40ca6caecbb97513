using Proximal.Rollouts;

namespace Proximal.Advantages;

/// <summary>The terms of the reward as columns, for advantages that treat each by itself.</summary>
internal static class RewardTerms
{
    /// <summary>The names of the terms, in the order of the recipe.</summary>
    /// <exception cref="InvalidOperationException">The batch was laid out without trajectories.</exception>
    public static IEnumerable<string> Names(PathBatch batch) => batch.PathCount == 0 ? [] : batch.Trajectory(0).Rewards.Keys;

    /// <summary>Copies a term of every path, before weights.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="term">Name of the term.</param>
    /// <param name="values">Receives the term. [paths]</param>
    public static void Copy(PathBatch batch, string term, Span<float> values)
    {
        for (int path = 0; path < batch.PathCount; path++)
        {
            values[path] = batch.Trajectory(path).Rewards[term];
        }
    }

    /// <summary>Which task the problem of a group comes from; empty in a batch without trajectories.</summary>
    public static string TaskOf(PathBatch batch, int group) => batch.HasTrajectories ? batch.Trajectory(batch.GroupOffsets[group]).Instance.Family : "";
}
