using Proximal.Clipping;
using Proximal.Models.Generation;
using Proximal.Objectives;
using Proximal.Rollouts;
using Proximal.Tasks;
using Proximal.Tests.Objectives;

namespace Proximal.Tests.Clipping;

public sealed class TrustRegionPreferenceTests
{
    private static readonly TrustRegionPreferenceOptions Options = new();

    [Theory]
    [InlineData(1, 2, 0.644397)]
    [InlineData(2, 3, 0.673347)]
    public void The_loss_of_a_pair_is_that_of_the_card(int winner, int loser, double expected)
    {
        (double loss, int pairs, int ordered) = PreferenceLevels.Compute([winner, loser], [0.3, -0.1], Options, new double[2]);
        Assert.Equal((1, 1), (pairs, ordered));
        Assert.Equal(expected, loss, 6);
    }

    [Fact]
    public void At_the_anchor_every_pair_has_log_two_and_half_of_its_slope()
    {
        double[] gradient = new double[3];
        (double loss, int pairs, _) = PreferenceLevels.Compute([1, 2, 2], [0, 0, 0], Options, gradient);
        Assert.Equal(2, pairs);
        Assert.Equal(2 * Math.Log(2), loss, 12);
        Assert.Equal([-0.25, 0.125, 0.125], gradient);
    }

    [Fact]
    public void All_pairs_of_different_levels_count()
    {
        int[] levels = [1, 4, 2, 1, 2, 1];
        Assert.Equal((3 * 2) + (3 * 1) + (2 * 1), PreferenceLevels.Count(levels, PreferencePairs.All));
        Assert.Equal(1, PreferenceLevels.Count(levels, PreferencePairs.BestWorst));
        Assert.Equal(0, PreferenceLevels.Count([2, 2, 0], PreferencePairs.All));
        Assert.Equal(0, PreferenceLevels.Count([0, 2, 2], PreferencePairs.BestWorst));
    }

    [Theory]
    [InlineData(true, true, true, 1)]
    [InlineData(true, true, false, 2)]
    [InlineData(true, false, false, 3)]
    [InlineData(false, true, true, 4)]
    public void Rules_sort_responses_into_levels(bool formatOk, bool parsed, bool correct, int level) =>
        Assert.Equal(level, PreferenceLevels.Of(new Verdict { FormatOk = formatOk, Parsed = parsed, Correct = correct }));

    [Fact]
    public void Responses_of_one_level_have_only_the_fallback_and_the_trust_region()
    {
        PathBatch batch = Batch(1, 1);
        batch.Old.CopyTo(batch.Current);
        float[] gradient = new float[batch.TokenCount];
        double loss = AgentObjectives.Trpa.CreateObjective().Evaluate(batch, PolicyObjectiveTests.Gradients(gradient)).Loss, expected = 0;
        for (int path = 0; path < batch.PathCount; path++)
        {
            double difference = Difference(batch, path);
            expected += Math.Log(1 + Math.Exp(-difference)) / batch.PathCount;
            foreach (int t in Tokens(batch, path))
            {
                Assert.Equal(-1 / (1 + Math.Exp(difference)) / batch.PathCount / Tokens(batch, path).Count(), gradient[t], 1e-6);
            }
        }

        Assert.Equal(expected, loss, 1e-5);
    }

    [Fact]
    public void The_loss_is_invariant_to_the_numbers_of_rewards()
    {
        PathBatch batch = Batch(1, 2), other = Batch(1, 2);
        other.Rewards.Fill(5);
        other.Scores.Fill(-3);
        other.Advantage.Fill(17);
        PolicyObjective objective = AgentObjectives.Trpa.CreateObjective();
        float[] expected = new float[batch.TokenCount], actual = new float[batch.TokenCount];
        double loss = objective.Evaluate(batch, PolicyObjectiveTests.Gradients(expected)).Loss;
        Assert.Equal(loss, objective.Evaluate(other, PolicyObjectiveTests.Gradients(actual)).Loss);
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_trust_region_is_flat_at_the_old_policy(bool root)
    {
        // The anchor is the old policy too, and there is one response: no pair, Δ = 0.
        PathBatch batch = Batches.Create([4]);
        batch.Attach([Trajectory(2)]);
        float[] gradient = new float[4], without = new float[4];
        double loss = Create(Options with { Anchor = PreferenceAnchor.Old, TrustRegion = 10, RootTrustRegion = root }).Evaluate(batch, PolicyObjectiveTests.Gradients(gradient)).Loss;
        double plain = Create(Options with { Anchor = PreferenceAnchor.Old, TrustRegion = 0 }).Evaluate(batch, PolicyObjectiveTests.Gradients(without)).Loss;
        Assert.Equal(without, gradient);
        Assert.Equal(plain + (root ? 10 * 0.5 : 0), loss, 5);
    }

    [Theory]
    [InlineData(PreferenceAnchor.Reference, PreferencePairs.All, false)]
    [InlineData(PreferenceAnchor.Old, PreferencePairs.All, true)]
    [InlineData(PreferenceAnchor.Reference, PreferencePairs.BestWorst, false)]
    public void Gradient_is_the_slope_of_the_loss_and_parts_sum_to_the_whole(PreferenceAnchor anchor, PreferencePairs pairs, bool root)
    {
        PathBatch batch = Batch(1, 2, 4, 3, 1, 2, 2, 1);
        PolicyObjective objective = Create(new TrustRegionPreferenceOptions { Anchor = anchor, Pairs = pairs, RootTrustRegion = root, Beta = 0.7, TrustRegion = 0.5 });
        float[] gradient = new float[batch.TokenCount];
        double loss = objective.Evaluate(batch, PolicyObjectiveTests.Gradients(gradient)).Loss;
        for (int t = 0; t < batch.TokenCount; t++)
        {
            const float Step = 1e-2f;
            float at = batch.Current[t];
            batch.Current[t] = at + Step;
            double up = objective.Evaluate(batch, ObjectiveGradients.Allocate(batch.TokenCount)).Loss;
            batch.Current[t] = at - Step;
            double down = objective.Evaluate(batch, ObjectiveGradients.Allocate(batch.TokenCount)).Loss;
            batch.Current[t] = at;
            Assert.Equal((up - down) / (2 * Step), gradient[t], 3e-5);
        }

        objective.Prepare(batch);
        double sum = 0;
        for (int group = 0; group < batch.GroupCount; group++)
        {
            PathBatch part = batch.Groups(group, group + 1);
            sum += objective.EvaluatePart(part, batch.PathOffsets[batch.GroupOffsets[group]], ObjectiveGradients.Allocate(part.TokenCount));
        }

        Assert.Equal(loss, sum, 1e-6);
    }

    [Fact]
    public void It_needs_the_reference_only_as_an_anchor()
    {
        Assert.Equal(Requirements.Reference, Create(Options).Requirements);
        Assert.Equal(Requirements.None, Create(Options with { Anchor = PreferenceAnchor.Old }).Requirements);
    }

    private static PolicyObjective Create(TrustRegionPreferenceOptions options) =>
        (AgentObjectives.Trpa with { Clipping = new(TrustRegionPreference.Definition, options) }).CreateObjective();

    /// <summary>A random batch whose paths have these levels in turn.</summary>
    private static PathBatch Batch(params int[] levels)
    {
        PathBatch batch = Batches.Random(21);
        batch.ResetWeights();
        batch.Attach([.. Enumerable.Range(0, batch.PathCount).Select(path => Trajectory(levels[path % levels.Length]))]);
        return batch;
    }

    private static double Difference(PathBatch batch, int path) => Tokens(batch, path).Average(t => (double)batch.Current[t] - batch.Reference[t]);

    private static IEnumerable<int> Tokens(PathBatch batch, int path) =>
        Enumerable.Range(batch.PathOffsets[path], batch.PathOffsets[path + 1] - batch.PathOffsets[path]).Where(t => batch.Mask[t] != 0);

    private static Trajectory Trajectory(int level) => new()
    {
        Instance = new TaskInstance { Family = "test", Split = TaskSplit.Train, Index = 0, Key = "", Prompt = "", Answer = "" },
        Tree = new TokenTree([1]),
        Leaf = 0,
        Response = "",
        ResponseTokens = 1,
        ResponseBudget = 16,
        End = EndReason.Finished,
        Verdict = new Verdict { FormatOk = level < 4, Parsed = level < 3, Correct = level == 1 },
    };
}
