using Proximal.Control.Algorithms.Evolution;
using Proximal.Control.Environments.ClassicControl;
using Proximal.Control.Environments.Diagnostic;
using Proximal.Control.Evaluation;
using Proximal.Control.Learning;
using Proximal.Control.Policies;
using Proximal.Control.Spaces;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Control.Tests.Algorithms;

public sealed class EvolutionTests
{
    [Fact]
    public void Centred_ranks_ignore_monotone_transforms_and_share_ties()
    {
        double[] utilities = new double[4], transformed = new double[4];
        FitnessShaping.CentredRanks([3, -1, 10, 3], utilities);
        FitnessShaping.CentredRanks([27, -1, 1000, 27], transformed);
        Assert.Equal([0, -0.5, 0.5, 0], utilities);
        Assert.Equal(utilities, transformed);
        double[] alone = new double[1];
        FitnessShaping.CentredRanks([7], alone);
        Assert.Equal([0], alone);
    }

    [Fact]
    public void A_constant_fitness_gives_no_direction()
    {
        double[] utilities = new double[6];
        FitnessShaping.CentredRanks([2, 2, 2, 2, 2, 2], utilities);
        float[] direction = new float[2];
        EvolutionStrategies.Direction(utilities, [1, 2, 3, 4, 5, 6], 0.1, [0, 0], 0, direction);
        Assert.Equal([0f, 0f], direction);
    }

    [Fact]
    public void The_direction_points_along_a_linear_fitness()
    {
        const int pairs = 20_000, dimension = 3;
        float[] slope = [1, -2, 0.5f], noises = new float[pairs * dimension], direction = new float[dimension];
        double[] fitness = new double[2 * pairs];
        RandomStream random = new(1, RandomPurpose.User);
        for (int pair = 0; pair < pairs; pair++)
        {
            double projection = 0;
            for (int i = 0; i < dimension; i++)
            {
                noises[(pair * dimension) + i] = (float)random.Normal((pair * dimension) + i);
                projection += slope[i] * noises[(pair * dimension) + i];
            }

            fitness[pair] = 0.1 * projection;
            fitness[pairs + pair] = -0.1 * projection;
        }

        // Returns themselves as utilities: the estimate of the gradient of a linear function is unbiased, E[g] = slope.
        EvolutionStrategies.Direction(fitness, noises, 0.1, new float[dimension], 0, direction);
        for (int i = 0; i < dimension; i++)
        {
            Assert.Equal(slope[i], direction[i], 0.06f);
        }
    }

    [Fact]
    public void Decay_pulls_the_centre_to_zero()
    {
        float[] direction = new float[2];
        EvolutionStrategies.Direction([0, 0], [1, 1], 0.1, [2, -4], 0.005, direction);
        Assert.Equal([-0.01f, 0.02f], direction);
    }

    [Fact]
    public void The_distribution_is_refitted_to_the_best()
    {
        float[] mean = new float[2], variance = new float[2];
        CrossEntropyMethod.Refit([0, 0, 1, 10, 3, 14, 100, 100], [-5, 1, 2, -1], elites: 2, extraVariance: 0.5, mean, variance);
        Assert.Equal([2f, 12f], mean);
        Assert.Equal([1.5f, 4.5f], variance);
    }

    [Fact]
    public void Both_searches_solve_the_identity_environment()
    {
        IdentityEnvironment discrete = new(new DiscreteSpace(3), 20);
        using EvolutionStrategies strategies = new(discrete, new EvolutionStrategiesOptions { Pairs = 20, NoiseDeviation = 0.3, LearningRate = 0.2, Workers = 1 });
        strategies.Learn(20 * 40 * 20);
        Assert.All(PolicyEvaluator.Returns(strategies.Policy, discrete, 5, seed: 99), total => Assert.Equal(20, total));

        IdentityEnvironment box = new(new BoxSpace(new Shape(1), -0.8f, 0.8f), 20);
        using CrossEntropyMethod crossEntropy = new(box, new CrossEntropyOptions { Population = 40, ExtraNoiseIterations = 10, Workers = 1 });
        crossEntropy.Learn(20 * 40 * 30);
        Assert.All(PolicyEvaluator.Returns(crossEntropy.Policy, box, 5, seed: 99), total => Assert.True(total > -0.3, $"{total}"));
    }

    [Fact]
    public void A_random_search_steps_along_its_best_directions_in_units_of_the_deviation_of_their_returns()
    {
        // Of three directions the second has the smaller better side. The returns 4, 0, 2, 2 of the others have mean 2 and variance 2.
        float[] step = new float[2];
        AugmentedRandomSearch.Step([4, 1, 2, 0, 1, 2], [1, 0, 5, 5, 0, 1], best: 2, step);
        Assert.Equal(4 / (2 * Math.Sqrt(2)), step[0], 1e-6);
        Assert.Equal(0, step[1]);
        AugmentedRandomSearch.Step([3, 3], [1, 1], best: 1, step);
        Assert.Equal([0f, 0], step);
    }

    [Fact]
    public void A_random_search_balances_the_pole_and_goes_on_to_the_same_bits_with_its_statistics()
    {
        AugmentedRandomSearchOptions options = new() { StepSize = 0.1, NoiseDeviation = 0.1, Workers = 1 };
        using AugmentedRandomSearch whole = new(new CartPole(), options), first = new(new CartPole(), options), second = new(new CartPole(), options with { Workers = 2 });
        whole.LearnUntil(60_000);
        Assert.True(PolicyEvaluator.Returns(whole.Policy, new CartPole(), 20, seed: 77).Average() > 475);
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using CancellationTokenSource stop = new();
            first.LearnUntil(60_000, new StopAfter(2, stop), stop.Token);
            first.Save(folder);
            second.Load(folder);
            second.LearnUntil(60_000);
            AssertSame(whole.Policy, second.Policy);
            second.Save(folder);
            using Policy loaded = PolicyFile.Load(folder);
            Assert.Equal(PolicyEvaluator.Returns(second.Policy, new CartPole(), 5, 3), PolicyEvaluator.Returns(loaded, new CartPole(), 5, 3));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_cross_entropy_method_balances_the_pole()
    {
        using CrossEntropyMethod search = new(new CartPole(), new CrossEntropyOptions { Population = 40, EliteShare = 0.2, Workers = 2 });
        search.Learn(200_000);
        Assert.True(PolicyEvaluator.Returns(search.Policy, new CartPole(), 20, seed: 77).Average() > 475);
    }

    [Fact]
    public void Threads_change_nothing_and_a_saved_search_goes_on_to_the_same_bits()
    {
        EvolutionStrategiesOptions options = new() { Pairs = 6, Hidden = [8], Workers = 1 };
        using EvolutionStrategies whole = new(new CartPole(), options), threaded = new(new CartPole(), options with { Workers = 2 });
        using EvolutionStrategies first = new(new CartPole(), options), second = new(new CartPole(), options with { Workers = 2 });
        whole.LearnUntil(3000);
        threaded.LearnUntil(3000);
        AssertSame(whole.Policy, threaded.Policy);

        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using CancellationTokenSource stop = new();
            first.LearnUntil(3000, new StopAfter(2, stop), stop.Token);
            first.Save(folder);
            second.Load(folder);
            second.LearnUntil(3000);
            AssertSame(whole.Policy, second.Policy);
            Assert.Equal(whole.Steps, second.Steps);

            second.Save(folder);
            using Policy loaded = PolicyFile.Load(folder);
            Assert.Equal(PolicyEvaluator.Returns(second.Policy, new CartPole(), 5, 3), PolicyEvaluator.Returns(loaded, new CartPole(), 5, 3));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Impossible_settings_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CrossEntropyMethod(new CartPole(), new CrossEntropyOptions { EliteShare = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EvolutionStrategies(new CartPole(), new EvolutionStrategiesOptions { NoiseDeviation = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AugmentedRandomSearch(new CartPole(), new AugmentedRandomSearchOptions { BestDirections = 0 }));
        Assert.Throws<ArgumentException>(() => new EvolutionStrategies(new IdentityEnvironment(new BoxSpace(new Shape(1)), 5)));
    }

    private static void AssertSame(Policy expected, Policy actual)
    {
        for (int i = 0; i < expected.Parameters.Count; i++)
        {
            Assert.Equal(expected.Parameters[i].Data, actual.Parameters[i].Data);
        }
    }

    private sealed class StopAfter(int iterations, CancellationTokenSource stop) : ILearningObserver
    {
        public void OnIteration(Learner learner)
        {
            if (learner.Iterations == iterations)
            {
                stop.Cancel();
            }
        }
    }
}
