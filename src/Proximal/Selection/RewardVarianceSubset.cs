using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Selection;

/// <summary>PODS: of every group the rollouts whose rewards have the largest variance. Advantages are those of the whole group. What is left out does not count.</summary>
public sealed class RewardVarianceSubset(SubsetOptions options) : ISelection, IMetricSource
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<ISelection, SubsetOptions> Definition { get; } = new(
        new ComponentInfo(
            "pods",
            Seam.Selection,
            "Keeps the rollouts of each group whose rewards vary most.",
            "m_{i,t} = 0 unless i ∈ argmax_{S ⊂ g, |S| = ⌈share G⌉} Var_S(R)",
            "Xu et al. 2025, Not All Rollouts are Useful, arXiv:2504.13818")
        {
            Mechanism =
                "Rollouts are cheap and updates are dear, so many are drawn and few are trained on. The subset with the largest variance of rewards holds the best and the " +
                "worst of the group, where the contrast is.",
        },
        SubsetOptions.Schema,
        options => new RewardVarianceSubset(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>How many rollouts and tokens the last batch kept.</summary>
    public IEnumerable<(string Name, double Value)> Metrics { get; private set; } = [];

    /// <inheritdoc/>
    public void Select(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (int group = 0; group < batch.GroupCount; group++)
        {
            List<int> valid = RolloutSubset.Valid(batch, batch.Group(group));
            bool[] chosen = new bool[valid.Count];
            VarianceSubset.Select([.. valid.Select(path => (double)batch.Rewards[path])], RolloutSubset.Count(options.Share, valid.Count), chosen);
            foreach ((int path, bool keeps) in valid.Zip(chosen))
            {
                if (!keeps)
                {
                    RolloutSubset.Drop(batch, path);
                }
            }
        }

        Metrics = RolloutSubset.Left(batch);
    }
}
