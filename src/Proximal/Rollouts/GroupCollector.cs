using Proximal.Models.Generation;

namespace Proximal.Rollouts;

/// <summary>
/// Gathers what a step trains on: without filters its one round of rollouts, with filters the groups that all of them keep, from as many rounds
/// as it takes.
/// </summary>
/// <param name="filters">The filters; a group is kept when every one keeps it.</param>
/// <param name="wanted">Groups that are enough.</param>
internal sealed class GroupCollector(IReadOnlyList<IGroupFilter> filters, int wanted)
{
    private readonly List<RolloutBatch> rounds = [];
    private readonly List<TokenTree> trees = [];
    private readonly List<Trajectory> trajectories = [];

    /// <summary>Whether groups are chosen at all.</summary>
    public bool HasFilters => filters.Count > 0;

    /// <summary>The most rounds of the step: the bound of every filter holds.</summary>
    public int MaximumRounds => HasFilters ? filters.Min(filter => filter.MaximumRounds) : 1;

    public bool IsFull => trees.Count >= wanted;

    /// <summary>All rollouts of the step, whether they are kept or not.</summary>
    public IReadOnlyList<RolloutBatch> Rounds => rounds;

    /// <summary>The rollouts of the groups that are kept.</summary>
    public IReadOnlyList<Trajectory> Kept => trajectories;

    /// <summary>Groups that were rolled out.</summary>
    public int Sampled { get; private set; }

    /// <summary>Groups that a filter refused.</summary>
    public int Dropped { get; private set; }

    /// <summary>Groups that every filter would keep, when there were enough already.</summary>
    public int Surplus { get; private set; }

    public void Add(RolloutBatch batch)
    {
        rounds.Add(batch);
        PathBatch paths = batch.Paths;
        Sampled += paths.GroupCount;
        for (int group = 0; group < paths.GroupCount; group++)
        {
            Range members = paths.Group(group);
            if (!Keep(paths.Scores[members], paths.Rewards[members]))
            {
                Dropped++;
            }
            else if (HasFilters && IsFull)
            {
                Surplus++;
            }
            else
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
        !HasFilters || trees.Count == 0 ? rounds[0] : new RolloutBatch(trees, trajectories, responseBudget);

    private bool Keep(ReadOnlySpan<float> scores, ReadOnlySpan<float> rewards)
    {
        foreach (IGroupFilter filter in filters)
        {
            if (!filter.Keep(scores, rewards))
            {
                return false;
            }
        }

        return true;
    }
}
