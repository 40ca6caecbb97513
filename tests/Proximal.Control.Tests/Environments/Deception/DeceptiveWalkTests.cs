using Proximal.Control.Environments;
using Proximal.Control.Environments.Deception;

namespace Proximal.Control.Tests.Environments.Deception;

public sealed class DeceptiveWalkTests
{
    [Fact]
    public void The_observer_believes_in_goals_that_make_no_detour()
    {
        double[] beliefs = new double[3];
        GoalObserver.Infer([0, 2, 4], beliefs);
        Assert.Equal([0.866813, 0.117310, 0.015876], beliefs, (a, b) => Math.Abs(a - b) < 1e-6);
        GoalObserver.Infer([2, 0, 2], beliefs);
        Assert.Equal([0.106507, 0.786986, 0.106507], beliefs, (a, b) => Math.Abs(a - b) < 1e-6);
        double[] shifted = new double[3];
        GoalObserver.Infer([1002, 1000, 1002], shifted);
        Assert.Equal(beliefs, shifted);
    }

    [Fact]
    public void A_walk_towards_the_decoy_loses_the_observer_and_one_along_the_diagonal_leaves_him_in_doubt()
    {
        DeceptiveWalk walk = new(new DeceptiveWalkOptions { Size = 7, Decoys = 1, Bonus = 0 });
        float[] observation = new float[26];
        walk.Reset(1, observation);

        // The goal lies at the end of the first row, the decoy at that of the first column.
        walk.SetGrid(new bool[49], 0, [6, 42], 40, observation);
        Assert.Equal(0.5, walk.Beliefs[0]);
        double[] expected = [0.119203, 0.017986, 0.002473];
        for (int step = 0; step < 3; step++)
        {
            Assert.Equal(new StepOutcome(-0.01), walk.Step([1], observation));
            Assert.Equal(expected[step], walk.Beliefs[0], 1e-6);
        }

        for (int step = 0; step < 3; step++)
        {
            walk.Step([3], observation);
        }

        Assert.Equal(0.5, walk.Beliefs[0], 1e-12);
    }

    [Fact]
    public void Without_time_to_spare_only_shortest_ways_are_safe()
    {
        DeceptiveWalk walk = new(new DeceptiveWalkOptions { Slack = 1, Bonus = 0 });
        float[] observation = new float[26];
        bool[] mask = new bool[4];
        EpisodeRandom random = new(5);
        for (ulong seed = 0; seed < 50; seed++)
        {
            walk.Reset(seed, observation);
            int shortest = (int)Math.Round(1 / (observation[2] - Shorter(walk, observation)));
            StepOutcome outcome;
            int steps = 0;
            do
            {
                walk.WriteActionMask(mask);
                int move;
                do
                {
                    move = random.Integer(4);
                }
                while (!mask[move]);

                outcome = walk.Step([move], observation);
                steps++;
            }
            while (!outcome.Terminated);

            Assert.Equal(1 - 0.01, outcome.Reward, 1e-12);
            Assert.Equal(shortest, steps);
        }
    }

    [Fact]
    public void Who_is_too_late_loses_and_bonuses_are_those_of_the_beliefs()
    {
        DeceptiveWalk walk = new(new DeceptiveWalkOptions { Size = 7, Decoys = 1, Bonus = 1, Safe = false });
        float[] observation = new float[26];
        walk.Reset(1, observation);
        walk.SetGrid(new bool[49], 0, [6, 42], 7, observation);
        StepOutcome outcome = walk.Step([1], observation);
        Assert.True(outcome.Terminated);
        Assert.Equal(-1 - 0.01 + 0.880797 - 0.119203, outcome.Reward, 1e-6);
        Assert.Throws<ArgumentException>(() => walk.SetGrid(new bool[49], 0, [6], 7, observation));
    }

    [Fact]
    public void Episodes_keep_the_contract_of_environments()
    {
        EnvironmentContract.AssertKept(new DeceptiveWalk());
        EnvironmentContract.AssertKept(new DeceptiveWalk(new DeceptiveWalkOptions { Size = 12, Deception = DeceptionKind.Ambiguity, Safe = false }));
    }

    /// <summary>The scaled distance of the neighbor that is one step nearer to the goal.</summary>
    private static float Shorter(DeceptiveWalk walk, float[] observation)
    {
        bool[] mask = new bool[4];
        walk.WriteActionMask(mask);
        int move = Array.IndexOf(mask, true);
        return observation[(5 * (move + 1)) + 2];
    }
}
