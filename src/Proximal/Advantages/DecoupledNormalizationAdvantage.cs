using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Advantages;

/// <summary>
/// GDPO: every term of the reward is standardized within the group by itself, the results are summed, and the sum is standardized over the batch:
/// <c>A_i = (S_i - mean(S)) / (std(S) + ε), S_i = Σ_k (R_i^k - mean_g(R^k)) / (std_g(R^k) + ε)</c>. Terms count alike, whatever their weights in the total.
/// </summary>
public sealed class DecoupledNormalizationAdvantage(GroupRelativeOptions options) : IAdvantage
{
    private readonly NormalizedOptions batchwise = new() { Mean = RewardSet.Batch, Deviation = RewardSet.Batch, Epsilon = options.Epsilon };
    private float[] values = [];
    private float[] perTerm = [];
    private float[] sums = [];

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IAdvantage, GroupRelativeOptions> Definition { get; } = new(
        new ComponentInfo(
            "gdpo",
            Seam.Advantages,
            "Reward terms standardized within the group one by one, their sum standardized over the batch.",
            "A_{i,t} = (S_i - mean(S)) / (std(S) + ε),  S_i = Σ_k (R_i^k - mean_g(R^k)) / (std_g(R^k) + ε)",
            "Liu et al. 2026, GDPO, arXiv:2601.05242")
        {
            Mechanism = "Standardizing a sum of rewards makes different combinations of its terms look alike and lets the term with the largest spread decide. Standardizing each term first "
                + "keeps what every one of them says; the last step brings the sum back to one scale, whatever the number of terms.",
        },
        GroupRelativeOptions.Schema,
        options => new DecoupledNormalizationAdvantage(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    public void Compute(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Span<float> term = Columns.Rent(ref values, batch.PathCount), standardized = Columns.Rent(ref perTerm, batch.PathCount), sum = Columns.Rent(ref sums, batch.PathCount);
        sum.Clear();
        foreach (string name in RewardTerms.Names(batch))
        {
            RewardTerms.Copy(batch, name, term);
            Columns.RequireFiniteRewards(this, batch, term, $"{name} of path");
            for (int group = 0; group < batch.GroupCount; group++)
            {
                Range paths = batch.Group(group);
                GroupRelativeAdvantage.Compute(term[paths], standardized[paths], options.Normalization, options.Epsilon);
            }

            for (int path = 0; path < sum.Length; path++)
            {
                sum[path] += standardized[path];
            }
        }

        NormalizedAdvantage.Compute(sum, batch.GroupOffsets, batchwise, standardized);
        OutcomeAdvantage.Broadcast(batch, standardized, batch.Advantage);
    }
}
