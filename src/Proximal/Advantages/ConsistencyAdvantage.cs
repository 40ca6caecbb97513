using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Tasks.Verification;

namespace Proximal.Advantages;

/// <summary>
/// COPO: beside GRPO's advantage a global one, the score of the prompt standardized over the prompts of the batch. The score is the mean reward of the group,
/// damped by the entropy H of its answers in bits: <c>R_glob = mean_g(R) (1 - λH), λ = (1 - 1/G) / log2 G</c>. The global advantage goes to
/// <see cref="PathBatch.SecondAdvantage"/> and its weight <c>1 - w_L</c> to <see cref="PathBatch.SecondWeight"/>, with <c>w_L = σ(k (H - b))</c>, 0 for a group of
/// equal rewards; the surrogate <c>blended-ppo</c> reads them. Responses without a readable answer count as one answer.
/// </summary>
public sealed class ConsistencyAdvantage(ConsistencyOptions options) : IAdvantage, IMetricSource
{
    private double meanEntropy;
    private double globalShare;
    private float[] local = [];
    private float[] global = [];
    private float[] weights = [];

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IAdvantage, ConsistencyOptions> Definition { get; } = new(
        new ComponentInfo(
            "copo",
            Seam.Advantages,
            "GRPO's advantage, and beside it a global one from the accuracy and consistency of whole groups.",
            "A = (R_i - mean_g) / (std_g + ε),  A₂ = (R_glob - mean_B) / (std_B + ε),  R_glob = mean_g(R) (1 - λH),  λ = (1 - 1/G)/log2 G,  w₂ = 1 - σ(k(H - b)), 1 where all R are equal",
            "COPO 2025, Consistency-Aware Policy Optimization")
        {
            Mechanism = "A group whose responses all earn the same gives GRPO nothing to learn. Compared with the other prompts of the batch it still says something: a right and consistent "
                + "group stands above them, an all-wrong one below. The answer entropy decides between the two signals: where answers agree, the comparison inside the group is "
                + "empty or noisy and the global one rules; where they scatter, the local one does. The risk: an all-wrong group that agrees pushes down a single wrong answer.",
        },
        ConsistencyOptions.Schema,
        options => new ConsistencyAdvantage(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>Mean answer entropy in bits, and the mean weight of the global loss.</summary>
    public IEnumerable<(string Name, double Value)> Metrics => [("copo/answer-entropy", meanEntropy), ("copo/global-share", globalShare)];

    /// <summary>λ: what makes the score of a group without two equal answers its mean reward over G; 0 for a group of one.</summary>
    /// <param name="groupSize">G.</param>
    public static double Damping(int groupSize) => groupSize < 2 ? 0 : (1 - (1.0 / groupSize)) / Math.Log2(groupSize);

    /// <summary>R_glob of a group.</summary>
    /// <param name="mean">Mean reward.</param>
    /// <param name="entropy">H: answer entropy, in bits.</param>
    /// <param name="groupSize">G.</param>
    public static double GlobalReward(double mean, double entropy, int groupSize) => mean * (1 - (Damping(groupSize) * entropy));

    /// <summary>w_L before forcing: the weight of the local loss.</summary>
    /// <param name="entropy">H: answer entropy, in bits.</param>
    /// <param name="steepness">k.</param>
    /// <param name="midpoint">b, in bits.</param>
    public static double LocalWeight(double entropy, double steepness, double midpoint) => 1 / (1 + Math.Exp(-steepness * (entropy - midpoint)));

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The batch was laid out without trajectories.</exception>
    public void Compute(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Columns.RequireFiniteRewards(this, batch, batch.Rewards, "reward of path");
        Span<float> perPath = Columns.Rent(ref local, batch.PathCount), weight = Columns.Rent(ref weights, batch.PathCount);
        float[] scores = new float[batch.GroupCount], standardized = new float[batch.GroupCount];
        meanEntropy = globalShare = 0;
        for (int group = 0; group < batch.GroupCount; group++)
        {
            Range paths = batch.Group(group);
            ReadOnlySpan<float> rewards = batch.Rewards[paths];
            GroupRelativeAdvantage.Compute(rewards, perPath[paths], GroupNormalization.SampleDeviation, options.Epsilon);
            double entropy = AnswerClusters.Entropy(batch, group) / Math.Log(2);
            scores[group] = (float)GlobalReward(GroupRelativeAdvantage.Mean(rewards), entropy, rewards.Length);
            double second = SecondWeight(entropy, rewards);
            weight[paths].Fill((float)second);
            meanEntropy += entropy / batch.GroupCount;
            globalShare += second / batch.GroupCount;
        }

        GroupRelativeAdvantage.Compute(scores, standardized, GroupNormalization.SampleDeviation, options.Epsilon);
        Span<float> globalPerPath = Columns.Rent(ref global, batch.PathCount);
        for (int group = 0; group < batch.GroupCount; group++)
        {
            globalPerPath[batch.Group(group)].Fill(batch.GroupCount == 1 ? 0 : standardized[group]);
        }

        OutcomeAdvantage.Broadcast(batch, perPath, batch.Advantage);
        OutcomeAdvantage.Broadcast(batch, globalPerPath, batch.SecondAdvantage);
        OutcomeAdvantage.Broadcast(batch, weight, batch.SecondWeight);
    }

    private double SecondWeight(double entropy, ReadOnlySpan<float> rewards)
    {
        bool alike = !rewards.ContainsAnyExcept(rewards[0]);
        double soft = LocalWeight(entropy, options.Steepness, options.Midpoint * Math.Log2(rewards.Length));
        return 1 - options.Blend switch
        {
            BlendMode.SoftForced => alike ? 0 : soft,
            BlendMode.Soft => soft,
            BlendMode.Forced => alike ? 0 : 1,
            BlendMode.Global => 0,
            _ => 1,
        };
    }
}
