using Proximal.Advantages;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Tasks.Verification;
using Proximal.Tensors.Random;
using Proximal.Tests.Rollouts;

namespace Proximal.Tests.Rewards;

public sealed class AgreementRewardTests
{
    private static readonly AgreementOptions Defaults = new();

    [Fact]
    public void A_response_earns_the_share_of_its_answer()
    {
        (float[] rewards, double entropy) = Compute(Defaults, "A", "A", "B", "C");
        Assert.Equal([0.5f, 0.5f, 0.25f, 0.25f], rewards);
        Assert.Equal(1.039721, entropy, 1e-6);
        Assert.Equal(0.375, rewards.Average(), 1e-6);
        float[] advantage = new float[4];
        GroupRelativeAdvantage.Compute(rewards, advantage, GroupNormalization.SampleDeviation, 0);
        Assert.All(advantage, a => Assert.Equal(0.866025, Math.Abs(a), 1e-5));
    }

    [Fact]
    public void Groups_without_consensus_and_unreadable_answers_earn_nothing()
    {
        Assert.Equal([0, 0, 0, 0], Compute(Defaults, "A", "B", "C", "D").Rewards);
        Assert.Equal([1, 1, 1, 1], Compute(Defaults, "A", "A", "A", "A").Rewards);
        Assert.Equal([0.5f, 0.5f, 0, 0], Compute(Defaults, "A", "A", "", "").Rewards);
        Assert.Equal([0, 0, 0], Compute(Defaults, "", "", "").Rewards);
        Assert.Equal([0, 0, 0, 0], Compute(Defaults with { High = 0.5 }, "A", "A", "B", "C").Rewards);
        Assert.Equal([0, 0, 0, 0], Compute(Defaults with { Low = 0.1 }, "A", "A", "A", "A").Rewards);
        Assert.Equal([0.75f, 0.75f, 0.75f, -0.5f], Compute(Defaults with { Unreadable = -0.5 }, "A", "A", "A", "").Rewards);
    }

    [Fact]
    public void The_mean_reward_is_the_collision_probability_and_names_of_answers_do_not_matter()
    {
        RandomStream random = new(2, RandomPurpose.User);
        for (int round = 0; round < 50; round++)
        {
            string[] answers = [.. Enumerable.Range(0, 8).Select(i => $"{random.Integer((8 * round) + i, 4)}")];
            (float[] rewards, _) = Compute(Defaults, answers);
            double collision = answers.GroupBy(a => a).Sum(cluster => Math.Pow(cluster.Count() / 8.0, 2));
            Assert.Equal(collision, rewards.Average(), 1e-6);
            Assert.Equal(rewards, Compute(Defaults, [.. answers.Select(a => $"x{7 - int.Parse(a)}")]).Rewards);
        }
    }

    [Fact]
    public void Equal_numbers_are_one_answer_however_they_are_written()
    {
        int[] clusters = new int[6];
        Assert.Equal(3, AnswerClusters.Assign(["1/2", "3", "0.5", " 3.0", "", "2/4"], clusters));
        Assert.Equal([0, 1, 0, 1, 2, 0], clusters);
        Assert.Equal([3, 2, 1], AnswerClusters.Sizes(clusters, 3));
    }

    [Fact]
    public void Majority_votes_are_labels_of_their_own()
    {
        AgreementOptions majority = new() { Target = AgreementTarget.Majority };
        Assert.Equal([0, 1, 1, 0], Compute(majority, "B", "A", "A", "").Rewards);
        Assert.Equal([1, 1, 0, 0], Compute(majority, "B", "B", "A", "A").Rewards);
        Assert.Equal([0, 0, 0, 1], Compute(majority, "", "", "", "A").Rewards);
    }

    [Fact]
    public void Rewards_of_a_batch_are_replaced_and_the_gold_answer_is_never_read()
    {
        PathBatch batch = TestTrajectories.Attach(Batches.WithGroups([1, 1, 1, 1], [1, 1, 1, 1]), answer: path => path switch { 0 or 1 or 4 => "A", 2 => "B", 3 => null, _ => $"{path}" });
        Assert.Null(batch.Trajectory(0).Instance.Answer);
        AgreementReward reward = new(Defaults);
        reward.Shape(batch);
        Assert.Equal([0.5f, 0.5f, 0.25f, 0, 0, 0, 0, 0], batch.Rewards.ToArray());
        Assert.Equal(batch.Rewards.ToArray(), batch.TokenReward.ToArray());
        Assert.Equal(("empo/used", 0.5), reward.Metrics.Last());
    }

    private static (float[] Rewards, double Entropy) Compute(AgreementOptions options, params string[] answers)
    {
        float[] rewards = new float[answers.Length];
        return (rewards, AgreementReward.Compute(answers, options, rewards).Entropy);
    }
}
