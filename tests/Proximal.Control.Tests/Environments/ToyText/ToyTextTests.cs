using Proximal.Control.Environments;
using Proximal.Control.Environments.ToyText;

namespace Proximal.Control.Tests.Environments.ToyText;

public sealed class ToyTextTests
{
    [Fact]
    public void Keeps_the_contract_of_environments()
    {
        EnvironmentContract.AssertKept(new FrozenLake());
        EnvironmentContract.AssertKept(new FrozenLake(new() { Map = "random", Size = 12, SuccessRate = 0.8 }));
        EnvironmentContract.AssertKept(new Taxi());
        EnvironmentContract.AssertKept(new Taxi(new() { Rainy = true, Fickle = true }));
        EnvironmentContract.AssertKept(new CliffWalking(new() { Slippery = true }));
    }

    [Theory]
    [InlineData("4x4", 1.0, 100, 0.744190)]
    [InlineData("4x4", 1.0, 20_000, 0.823529)]
    [InlineData("4x4", 0.99, 5_000, 0.542026)]
    [InlineData("8x8", 1.0, 200, 0.913220)]
    [InlineData("8x8", 1.0, 20_000, 1.0)]
    [InlineData("8x8", 0.99, 5_000, 0.414640)]
    public void The_best_policy_on_the_lake_succeeds_as_often_as_the_exact_solution(string map, double discount, int steps, double expected) =>
        Assert.Equal(expected, ValueIteration.Solve(new FrozenLake(new() { Map = map }), discount, steps), 1e-6);

    [Theory]
    [InlineData("4x4", 100, 0.70)]
    [InlineData("8x8", 200, 0.85)]
    public void The_lakes_have_the_limits_and_thresholds_of_gymnasium(string map, int limit, double threshold)
    {
        EnvironmentSpecification specification = new FrozenLake(new() { Map = map }).Specification;
        Assert.Equal(limit, specification.MaximumSteps);
        Assert.Equal(threshold, specification.RewardThreshold);
        Assert.Null(new FrozenLake(new() { Map = map, Slippery = false }).Specification.RewardThreshold);
    }

    [Fact]
    public void Rewards_and_slips_follow_the_options()
    {
        FrozenLake lake = new(new() { Map = "SFG/HFF", SuccessRate = 0.8, GoalReward = 5, HoleReward = -2, FrozenReward = -0.5 });
        Transition[] down = lake.Transitions(0, 1).ToArray();
        Assert.Equal([0.1, 0.8, 0.1], down.Select(transition => transition.Probability), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([(0, -0.5, false), (3, -2.0, true), (1, -0.5, false)], down.Select(transition => (transition.Next, transition.Reward, transition.Terminated)));
        FrozenLake firm = new(new() { Map = "SFG/HFF", Slippery = false, GoalReward = 5 });
        Assert.Equal(new Transition(1, 2, 5, true), Assert.Single(firm.Transitions(1, 2).ToArray()));
        Assert.Equal(new Transition(1, 2, 0, true), Assert.Single(firm.Transitions(2, 0).ToArray()));
    }

    [Fact]
    public void Random_lakes_have_a_way_and_repeat_with_their_seed()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            IReadOnlyList<string> map = FrozenLakeMap.Random(8, 0.6, seed);
            Assert.True(FrozenLakeMap.HasWay(map));
            Assert.Equal(map, FrozenLakeMap.Random(8, 0.6, seed));
            Assert.NotEqual(map, FrozenLakeMap.Random(8, 0.6, seed + 1));
            Assert.Equal(('S', 'G'), (map[0][0], map[7][7]));
        }

        Assert.False(FrozenLakeMap.HasWay(["SH", "HG"]));
    }

    [Theory]
    [InlineData("SFX/FFG")]
    [InlineData("SF/FFG")]
    [InlineData("FF/FG")]
    [InlineData("")]
    public void A_map_that_is_none_is_refused(string map) => Assert.Throws<ArgumentException>(() => new FrozenLake(new() { Map = map }));

    [Fact]
    public void The_best_returns_of_the_taxi_are_those_of_the_exact_solution()
    {
        Taxi taxi = new();
        double[] values = ValueIteration.Values(taxi, 1, 100);
        double[] starts = [.. Enumerable.Range(0, 500).Where(state => taxi.InitialProbabilities[state] > 0).Select(state => values[state])];
        Assert.Equal(300, starts.Length);
        Assert.Equal(7.93, starts.Average(), 0.0051);
        Assert.Equal(15, starts.Max(), 1e-9);
        Assert.Equal(3, starts.Min(), 1e-9);
        Assert.Equal(8, taxi.Specification.RewardThreshold);
        Assert.Equal(200, taxi.Specification.MaximumSteps);
    }

    [Fact]
    public void Rain_drives_the_taxi_to_the_sides_of_its_heading()
    {
        Taxi taxi = new(new() { Rainy = true });
        Assert.Equal([(0.8, State(3, 2)), (0.1, State(2, 1)), (0.1, State(2, 3))], Moves(taxi, State(2, 2), 0));
        Assert.Equal([(0.8, State(2, 3)), (0.1, State(3, 2)), (0.1, State(1, 2))], Moves(taxi, State(2, 2), 2));
        Assert.Equal([(1, State(0, 1))], Moves(taxi, State(0, 1), 2));
        Assert.Equal([(0.8, State(1, 1)), (0.1, State(0, 0)), (0.1, State(0, 1))], Moves(taxi, State(0, 1), 0));

        static int State(int row, int column) => ((((row * 5) + column) * 5) + 1) * 4;

        static IEnumerable<(double, int)> Moves(Taxi taxi, int state, int action) =>
            taxi.Transitions(state, action).ToArray().Select(transition => (transition.Probability, transition.Next));
    }

    [Fact]
    public void A_fickle_passenger_changes_the_destination_three_times_in_ten_and_once()
    {
        Taxi taxi = new(new() { Fickle = true });
        float[] observation = new float[1];
        int changes = 0, rides = 0;
        for (int episode = 0; episode < 3000; episode++)
        {
            taxi.Reset(new EpisodeRandom(1, 0, episode), observation);
            int state = (int)observation[0], passenger = state / 4 % 5, destination = state % 4;
            (int row, int column) = new[] { (0, 0), (0, 4), (4, 0), (4, 3) }[passenger];
            if ((state / 100, state / 20 % 5) != (row, column))
            {
                continue;
            }

            rides++;
            taxi.Step([4], observation);
            Assert.Equal(destination, (int)observation[0] % 4);
            taxi.Step([row == 0 ? 0 : 1], observation);
            int changed = (int)observation[0] % 4;
            changes += changed != destination ? 1 : 0;
            taxi.Step([row == 0 ? 1 : 0], observation);
            Assert.Equal(changed, (int)observation[0] % 4);
        }

        Assert.InRange(changes / (double)rides, 0.15, 0.45);
        Assert.True(changes > 5);
    }

    [Fact]
    public void The_best_way_along_the_cliff_costs_thirteen() =>
        Assert.Equal(-13, ValueIteration.Solve(new CliffWalking(), 1, 100), 1e-9);

    [Fact]
    public void Sarsa_learns_the_safe_way_along_the_cliff()
    {
        CliffWalking environment = new();
        double[,] values = new double[48, 4];
        float[] observation = new float[1];
        EpisodeRandom random = new(1);
        for (int episode = 0; episode < 2000; episode++)
        {
            environment.Reset(new EpisodeRandom(2, 0, episode), observation);
            int state = (int)observation[0], action = Choose(state, 0.1);
            StepOutcome outcome;
            do
            {
                outcome = environment.Step([action], observation);
                int next = (int)observation[0], following = Choose(next, 0.1);
                double target = outcome.Reward + (outcome.Terminated ? 0 : values[next, following]);
                values[state, action] += 0.1 * (target - values[state, action]);
                (state, action) = (next, following);
            }
            while (!outcome.Terminated && !outcome.Truncated);
        }

        double total = 0;
        environment.Reset(1, observation);
        StepOutcome last;
        do
        {
            last = environment.Step([Choose((int)observation[0], 0)], observation);
            total += last.Reward;
        }
        while (!last.Terminated && !last.Truncated);

        Assert.InRange(total, -19, -15);

        int Choose(int state, double exploration)
        {
            if (random.Chance(exploration))
            {
                return random.Integer(4);
            }

            int best = 0;
            for (int candidate = 1; candidate < 4; candidate++)
            {
                best = values[state, candidate] > values[state, best] ? candidate : best;
            }

            return best;
        }
    }

    [Fact]
    public void Slips_on_the_cliff_go_to_either_side_with_a_third()
    {
        Transition[] right = new CliffWalking(new() { Slippery = true }).Transitions(36, 1).ToArray();
        Assert.Equal([(24, -1.0), (36, -100.0), (36, -1.0)], right.Select(transition => (transition.Next, transition.Reward)));
        Assert.All(right, transition => Assert.Equal(1.0 / 3, transition.Probability));
    }

    [Fact]
    public void Draws_follow_the_probabilities_of_the_table()
    {
        FrozenLake lake = new(new() { SuccessRate = 0.5 });
        float[] observation = new float[1];
        int[] counts = new int[16];
        const int Episodes = 20_000;
        for (int episode = 0; episode < Episodes; episode++)
        {
            lake.Reset(new EpisodeRandom(1, 0, episode), observation);
            lake.Step([1], observation);
            counts[(int)observation[0]]++;
        }

        Assert.Equal(0.25, counts[0] / (double)Episodes, 0.01);
        Assert.Equal(0.5, counts[4] / (double)Episodes, 0.01);
        Assert.Equal(0.25, counts[1] / (double)Episodes, 0.01);
    }

    [Fact]
    public void A_table_whose_probabilities_do_not_sum_to_one_is_refused() =>
        Assert.Throws<ArgumentException>(() => new TransitionTable([1], 1, (_, _) => [new Transition(0.5, 0, 0, false)]));
}
