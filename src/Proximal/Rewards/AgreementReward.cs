using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Tasks.Verification;

namespace Proximal.Rewards;

/// <summary>
/// EMPO: the reward of a response is the share of its group that gives the same answer, <c>R_i = n_{c(i)} / G</c>, in place of whatever it earned before. The gold answer
/// is never read. A group is used when its answer entropy <c>H = -Σ p_c ln p_c</c> is at least δ_low and below δ_high; otherwise all its rewards are 0, as is that of
/// a response without a readable answer. The mean reward of a group is <c>Σ p_c²</c>.
/// </summary>
public sealed class AgreementReward(AgreementOptions options) : IRewardShaping, IMetricSource
{
    /// <summary>What rounding may add to or take from an entropy.</summary>
    private const double Rounding = 1e-9;

    private double meanEntropy;
    private double used;

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IRewardShaping, AgreementOptions> Definition { get; } = new(
        new ComponentInfo(
            "empo",
            Seam.Shaping,
            "The share of the group that gives the same answer, without any label.",
            "R_i = n_{c(i)} / G  if δ_low ≤ H < δ_high and the answer can be read, else 0,  H = -Σ_c p_c ln p_c",
            "Zhang et al. 2025, Right Question is Already Half the Answer, arXiv:2504.05812")
        {
            Mechanism = "Answers that mean the same are put together, and a response earns the size of its cluster: the expected reward is the chance that two responses agree, so raising it "
                + "lowers the entropy of the answers. This helps as long as the majority is right more often than not, and makes wrong answers confident where it is not; groups "
                + "without any consensus are left out for that reason.",
        },
        AgreementOptions.Schema,
        options => new AgreementReward(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>Mean answer entropy in nats, and the share of groups that were used.</summary>
    public IEnumerable<(string Name, double Value)> Metrics => [("empo/answer-entropy", meanEntropy), ("empo/used", used)];

    /// <summary>The rewards of one group.</summary>
    /// <param name="answers">The answers in normal form; empty where none could be read. [G]</param>
    /// <param name="options">Target and thresholds.</param>
    /// <param name="rewards">Receives the rewards. [G]</param>
    /// <returns>The answer entropy H, and whether the group is used.</returns>
    public static (double Entropy, bool Used) Compute(ReadOnlySpan<string> answers, AgreementOptions options, Span<float> rewards)
    {
        ArgumentNullException.ThrowIfNull(options);
        int[] clusters = new int[answers.Length];
        int[] sizes = AnswerClusters.Sizes(clusters, AnswerClusters.Assign(answers, clusters));
        double entropy = AnswerClusters.Entropy(sizes), largest = Math.Log(answers.Length);
        bool isUsed = entropy >= (options.Low * largest) - Rounding && (entropy < (options.High * largest) - Rounding || answers.Length == 1);
        int majority = Majority(answers, clusters, sizes);
        for (int i = 0; i < answers.Length; i++)
        {
            double reward = options.Target == AgreementTarget.Majority ? (clusters[i] == majority ? 1 : 0) : (double)sizes[clusters[i]] / answers.Length;
            rewards[i] = !isUsed ? 0 : (float)(answers[i].Length == 0 ? options.Unreadable : reward);
        }

        return (entropy, isUsed);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The batch was laid out without trajectories.</exception>
    public void Shape(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        meanEntropy = used = 0;
        for (int group = 0; group < batch.GroupCount; group++)
        {
            string[] answers = AnswerClusters.Answers(batch, group);
            float[] rewards = new float[answers.Length];
            (double entropy, bool isUsed) = Compute(answers, options, rewards);
            for (int i = 0; i < rewards.Length; i++)
            {
                LastToken.Replace(batch, batch.GroupOffsets[group] + i, rewards[i]);
            }

            meanEntropy += entropy / batch.GroupCount;
            used += isUsed ? 1.0 / batch.GroupCount : 0;
        }
    }

    /// <summary>The largest cluster of readable answers, the first of several; -1 without any.</summary>
    private static int Majority(ReadOnlySpan<string> answers, ReadOnlySpan<int> clusters, ReadOnlySpan<int> sizes)
    {
        int majority = -1;
        for (int i = 0; i < answers.Length; i++)
        {
            majority = answers[i].Length > 0 && (majority < 0 || sizes[clusters[i]] > sizes[majority]) ? clusters[i] : majority;
        }

        return majority;
    }
}
