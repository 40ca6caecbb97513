using Proximal.Models.Generation;

namespace Proximal.Rollouts;

/// <summary>Gathers the groups that a filter keeps from several rounds of rollouts, up to a number.</summary>
internal sealed class GroupCollector(IGroupFilter filter, int wanted)
{
    private readonly List<TokenTree> trees = [];
    private readonly List<Trajectory> trajectories = [];
    private RolloutBatch? first;

    public bool IsFull => trees.Count >= wanted;

    public void Add(RolloutBatch batch)
    {
        first ??= batch;
        PathBatch paths = batch.Paths;
        for (int group = 0; group < paths.GroupCount && !IsFull; group++)
        {
            Range members = paths.Group(group);
            if (filter.Keep(paths.Scores[members], paths.Rewards[members]))
            {
                trees.Add(batch.Trees[group]);
                for (int path = members.Start.Value; path < members.End.Value; path++)
                {
                    trajectories.Add(batch.Trajectories[path]);
                }
            }
        }
    }

    /// <summary>The gathered groups; the first round whole where no group was kept, so that the step still has its statistics and no gradient.</summary>
    public RolloutBatch ToBatch(int responseBudget) =>
        trees.Count == 0 ? first! : new RolloutBatch(trees, trajectories, responseBudget);
}
