using Proximal.Control.Environments;
using Proximal.Control.Environments.Navigation;
using Proximal.Control.Spaces;
using Proximal.Control.Tests.Golden;

namespace Proximal.Control.Tests.Environments.Navigation;

public sealed class NavigationTests
{
    [Fact]
    public void Keeps_the_contract_of_environments()
    {
        EnvironmentContract.AssertKept(new PointMaze());
        EnvironmentContract.AssertKept(new PointMaze(new() { Layout = PointMazeLayout.Large, GoalConditioned = true, DenseReward = true, D4rlOffset = true }));
        EnvironmentContract.AssertKept(new MultiGoal(new() { Noise = 0.1 }));
        EnvironmentContract.AssertKept(new GoalNavigation(new() { GoalX = -0.5 }));
    }

    [Fact]
    public void A_push_in_the_open_moves_the_ball_as_the_equations_say()
    {
        PointMaze environment = new(new() { Layout = PointMazeLayout.Open });
        Place(environment, 2, 3, 0.5, -6);
        float[] observation = new float[4];
        StepOutcome outcome = environment.Step([1, 3], observation);
        const double Mass = 4.18879;
        double velocityX = (0.5 + (0.01 * 100 / Mass)) / (1 + (0.01 / Mass)), velocityY = (-5 + (0.01 * 100 / Mass)) / (1 + (0.01 / Mass));
        Assert.Equal(2 + (0.01 * velocityX), observation[0], 1e-6);
        Assert.Equal(3 + (0.01 * velocityY), observation[1], 1e-6);
        Assert.Equal(velocityX, observation[2], 1e-6);
        Assert.Equal(velocityY, observation[3], 1e-6);
        Assert.Equal((1.0, false), (outcome.Reward, outcome.Terminated));
    }

    [Fact]
    public void A_wall_stops_one_axis_and_lets_the_other_go_on()
    {
        PointMaze environment = new();
        Place(environment, 1, 1, 0, 0);
        float[] observation = new float[4];
        for (int step = 0; step < 80; step++)
        {
            environment.Step([-1, 0.2f], observation);
        }

        Assert.Equal(0.6, observation[0], 1e-6);
        Assert.Equal(0, observation[2]);
        Assert.True(observation[1] > 1.05 && observation[3] > 0.1);
    }

    [Fact]
    public void The_ball_never_enters_a_wall()
    {
        PointMaze environment = new(new() { Layout = PointMazeLayout.Large });
        float[] observation = new float[4], action = new float[2];
        EpisodeRandom random = new(1);
        for (int episode = 0; episode < 20; episode++)
        {
            environment.Reset(new EpisodeRandom(2, 0, episode), observation);
            StepOutcome outcome = default;
            for (int step = 0; !outcome.Truncated; step++)
            {
                if (step % 40 == 0)
                {
                    action = [(float)random.Uniform(-1, 1), (float)random.Uniform(-1, 1)];
                }

                outcome = environment.Step(action, observation);
                foreach ((double dx, double dy) in ((double, double)[])[(-0.0999, -0.0999), (-0.0999, 0.0999), (0.0999, -0.0999), (0.0999, 0.0999)])
                {
                    (int row, int column) = PointMazeMap.CellOf(observation[0] + dx, observation[1] + dy);
                    Assert.False(environment.Map.IsWall(row, column));
                }
            }
        }
    }

    [Theory]
    [InlineData(PointMazeLayout.UMaze, 300, 7)]
    [InlineData(PointMazeLayout.Medium, 600, 26)]
    [InlineData(PointMazeLayout.Large, 800, 46)]
    [InlineData(PointMazeLayout.Open, 300, 15)]
    public void Layouts_have_their_limits_and_cells_and_one_goal(PointMazeLayout layout, int limit, int cells)
    {
        PointMaze environment = new(new() { Layout = layout });
        Assert.Equal(limit, environment.Specification.MaximumSteps);
        Assert.Equal(cells, environment.Map.FreeCells.Length);
        Assert.NotEqual((0, 0), environment.Map.Goal);
    }

    [Fact]
    public void Rewards_are_sparse_or_dense_and_the_offset_moves_what_is_observed()
    {
        PointMaze sparse = new(), dense = new(new() { DenseReward = true, D4rlOffset = true });
        float[] observation = new float[4], shifted = new float[4];
        Place(sparse, 1, 1.6, 0, 0);
        Place(dense, 1, 1.6, 0, 0);
        Assert.Equal(0, sparse.Step([0, 0], observation).Reward);
        Assert.Equal(Math.Exp(-0.6), dense.Step([0, 0], shifted).Reward, 1e-9);
        Assert.Equal(observation[0] - 0.2, shifted[0], 1e-6);
        Place(sparse, 1, 1, 0, 0);
        StepOutcome there = sparse.Step([0, 0], observation);
        Assert.Equal((1.0, false), (there.Reward, there.Terminated));
        float[] metrics = new float[1];
        sparse.WriteMetrics(metrics);
        Assert.Equal(1, metrics[0]);
        Assert.Equal((23.85, 161.86), sparse.ReferenceReturns);
        Assert.Null(dense.ReferenceReturns);
    }

    [Theory]
    [InlineData(PointMazeLayout.UMaze)]
    [InlineData(PointMazeLayout.Medium)]
    [InlineData(PointMazeLayout.Large)]
    [InlineData(PointMazeLayout.Open)]
    public void The_controller_reaches_every_goal(PointMazeLayout layout)
    {
        PointMaze environment = new(new() { Layout = layout, GoalConditioned = true });
        DictionarySpace space = (DictionarySpace)environment.Specification.Observations;
        Assert.Equal(4..6, space["goal"]);
        WaypointController controller = new(environment.Map, new EpisodeRandom(1));
        float[] observation = new float[6], action = new float[2];
        int successes = 0;
        for (int episode = 0; episode < 30; episode++)
        {
            environment.Reset(new EpisodeRandom(3, 0, episode), observation);
            controller.SetTarget((int)observation[4], (int)observation[5]);
            StepOutcome outcome = default;
            while (!outcome.Terminated && !outcome.Truncated)
            {
                controller.Choose(observation[0], observation[1], observation[2], observation[3], action);
                outcome = environment.Step(action, observation);
            }

            successes += outcome.Terminated ? 1 : 0;
        }

        Assert.True(successes >= 28, $"{successes} of 30");
    }

    [Fact]
    public void The_wandering_controller_visits_many_cells()
    {
        PointMaze environment = new(new() { Layout = PointMazeLayout.Medium });
        WaypointController controller = new(environment.Map, new EpisodeRandom(1));
        float[] observation = new float[4], action = new float[2];
        HashSet<(int, int)> visited = [];
        for (int episode = 0; episode < 20; episode++)
        {
            environment.Reset(new EpisodeRandom(3, 0, episode), observation);
            StepOutcome outcome = default;
            while (!outcome.Truncated)
            {
                controller.Choose(observation[0], observation[1], observation[2], observation[3], action);
                outcome = environment.Step(action, observation);
                visited.Add(PointMazeMap.CellOf(observation[0], observation[1]));
            }
        }

        Assert.Equal(26, visited.Count);
        Assert.Throws<ArgumentException>(() => controller.SetTarget(0, 0));
    }

    [Fact]
    public void Goals_on_the_circle_reward_and_end_as_the_equations_say()
    {
        MultiGoal environment = new(new() { StartInTheMiddle = true });
        float[] observation = new float[2], metrics = new float[2];
        environment.Reset(1, observation);
        Assert.Equal([0, 0], observation);
        StepOutcome outcome = environment.Step([1, -0.5f], observation);
        Assert.Equal(-(0.3 * 1.25) - (16 + 0.25), outcome.Reward, 1e-6);
        environment.Reset(1, observation);
        for (int step = 1; step <= 4; step++)
        {
            outcome = environment.Step([5, 0], observation);
            Assert.Equal(step == 4, outcome.Terminated);
        }

        Assert.Equal(-0.3 - 1, outcome.Reward, 1e-6);
        environment.WriteMetrics(metrics);
        Assert.Equal([1, 0], metrics);
        Assert.Equal(30, environment.Specification.MaximumSteps);

        MultiGoal classic = new(new() { ActionCost = 1, GoalRadius = 0.1, StartInTheMiddle = true });
        classic.Reset(1, observation);
        for (int step = 1; step <= 5; step++)
        {
            outcome = classic.Step([1, 0], observation);
        }

        Assert.Equal((-20.0, true), (Math.Round(outcome.Reward, 9), outcome.Terminated));
        Assert.Throws<ArgumentException>(() => new MultiGoal(new() { Goals = 0 }));
    }

    [Fact]
    public void Entropy_of_goals_is_largest_when_all_are_reached_alike()
    {
        Assert.Equal(Math.Log(6), MultiGoal.GoalEntropy([5, 5, 5, 5, 5, 5]), 1e-12);
        Assert.Equal(0, MultiGoal.GoalEntropy([9, 0, 0]));
        Assert.Equal(0, MultiGoal.GoalEntropy([0, 0]));
        (double x, double y) = new MultiGoal(new() { Goals = 6 }).Goal(1);
        Assert.Equal((2.5, 4.330127), (Math.Round(x, 9), Math.Round(y, 6)));
    }

    [Fact]
    public void A_goal_that_is_not_observed_rewards_by_squared_distance_and_ends_the_episode()
    {
        GoalNavigation environment = new(new() { GoalX = 0.3, GoalY = -0.1 });
        float[] observation = new float[2], metrics = new float[1];
        environment.Reset(1, observation);
        EnvironmentState.Set(environment, [0, 0]);
        StepOutcome outcome = environment.Step([2, -1], observation);
        Assert.Equal([0.1f, -0.1f], observation);
        Assert.Equal((-0.04, false), (Math.Round(outcome.Reward, 9), outcome.Terminated));
        environment.Step([1, 0], observation);
        outcome = environment.Step([1, 0], observation);
        environment.WriteMetrics(metrics);
        Assert.True(outcome.Terminated);
        Assert.Equal(0, metrics[0], 1e-6);
        Assert.Throws<ArgumentException>(() => new GoalNavigation(new() { GoalX = 3 }));
    }

    private static void Place(PointMaze environment, double x, double y, double velocityX, double velocityY) =>
        EnvironmentState.Set(environment, [environment.Map.Goal.Row, environment.Map.Goal.Column, x, y, velocityX, velocityY]);
}
