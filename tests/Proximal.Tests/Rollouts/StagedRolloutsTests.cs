using Proximal.Models.Generation;
using Proximal.Rollouts;
using Proximal.Tasks;
using Proximal.Tensors.Random;

namespace Proximal.Tests.Rollouts;

public sealed class StagedRolloutsTests
{
    [Fact]
    public void A_stage_ends_when_lengths_have_not_grown_over_the_window()
    {
        Lengths lengths = new() { Next = [2, 3, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5] };
        StagedRollouts rollouts = new(lengths, [12, 24], window: 4);
        List<int> limits = [];
        for (int step = 0; step < 12; step++)
        {
            Generate(rollouts, step);
            limits.Add(lengths.LastLimit);
        }

        // The window [5, 5, 5, 5] is full after step 6 and the first that has not grown.
        Assert.Equal([12, 12, 12, 12, 12, 12, 12, 24, 24, 24, 24, 24], limits);
    }

    [Fact]
    public void A_saved_stage_goes_on_where_it_was()
    {
        Lengths lengths = new() { Next = [2, 2, 2, 2, 3, 1] };
        StagedRollouts whole = new(lengths, [4, 8, 16], window: 2), resumed = new(new Lengths { Next = [2, 2, 3, 1] }, [4, 8, 16], window: 2);
        Dictionary<string, double[]> state = [];
        for (int step = 0; step < 6; step++)
        {
            if (step == 2)
            {
                whole.Save(state);
                resumed.Load(state);
            }

            Generate(whole, step);
            if (step >= 2)
            {
                Generate(resumed, step);
                Assert.Equal(whole.Limit, resumed.Limit);
            }
        }
    }

    [Fact]
    public void Later_rounds_of_a_step_end_no_stage()
    {
        Lengths lengths = new() { Next = [5, 5, 5, 5, 5] };
        StagedRollouts rollouts = new(lengths, [12, 24], window: 2);
        Generate(rollouts, 0);
        for (int round = 1; round < 5; round++)
        {
            rollouts.Generate([], new RolloutRequest(1, 0, RandomPurpose.Sampling, 0, FirstPrompt: round));
        }

        Assert.Equal(12, rollouts.Limit);
    }

    private static void Generate(StagedRollouts rollouts, int step) => rollouts.Generate([], new RolloutRequest(1, 0, RandomPurpose.Sampling, step));

    private sealed class Lengths : IRollouts
    {
        private int at;

        public required int[] Next { get; init; }

        public int LastLimit { get; private set; }

        public RolloutBatch Generate(IReadOnlyList<TaskInstance> instances, RolloutRequest request)
        {
            LastLimit = request.ResponseBudget;
            TokenTree tree = new([1]);
            TokenSegment leaf = tree.Branch(0, SegmentOrigin.Policy, [2]);
            return new RolloutBatch([tree], [TestTrees.Trajectory(tree, leaf.Index, tokens: Next[at++])], 16);
        }
    }
}
