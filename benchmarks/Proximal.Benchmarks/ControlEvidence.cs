using System.Diagnostics;
using System.Globalization;
using Proximal.Control.Algorithms;
using Proximal.Control.Environments;
using Proximal.Control.Evaluation;
using Proximal.Control.Learning;
using Proximal.Control.Recipes;
using Proximal.Tensors;

namespace Proximal.Benchmarks;

/// <summary>
/// Trains a control recipe from several seeds: returns of 100 episodes with the most likely actions and 100 with sampled ones for each seed, their
/// mean and spread over seeds, and the learning curves as a table. A learner that meets no episodes of its own, from data or by evolution, plays ten
/// at every twentieth of its steps.
/// </summary>
internal static class ControlEvidence
{
    private const int Episodes = 100;
    private const int PointsOfCurve = 100;
    private const int EvaluationsOfCurve = 20;
    private const int EpisodesOfCurve = 10;

    public static void Run(string path, string seeds, string[] overrides)
    {
        ControlRecipe recipe = new ControlRecipeReader(ControlCatalog.CreateDefault()).ReadFile(path, overrides);
        string curves = $"{recipe.Name}.csv";
        using StreamWriter table = new(curves);
        table.WriteLine("seed,step,mean_return_of_last_100_episodes");
        List<double> greedy = [], sampled = [];
        using Workers workers = new(Math.Max(1, recipe.Workers));
        foreach (int seed in SeedRange.Parse(seeds))
        {
            long start = Stopwatch.GetTimestamp();
            using Learner learner = recipe.Algorithm.Create<Algorithm>().Create(recipe.CreateTask((ulong)seed, workers));
            IEnvironment environment = recipe.CreateEnvironment(evaluation: true);
            learner.Learn(recipe.Steps, new Curve(table, seed, recipe.Steps, environment));
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            double[] best = PolicyEvaluator.Returns(learner.Policy, environment, Episodes, 1_000_000 + (ulong)seed);
            double[] drawn = PolicyEvaluator.Returns(learner.Policy, environment, Episodes, 2_000_000 + (ulong)seed, deterministic: false);
            greedy.Add(best.Average());
            sampled.Add(drawn.Average());
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{recipe.Name} seed {seed}: {learner.Steps} steps in {seconds:F1} s; most likely actions {best.Average():F1} (lowest {best.Min():F1}), sampled {drawn.Average():F1} (lowest {drawn.Min():F1}); last training episodes {learner.Episodes?.MeanReturn:F1}"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{recipe.Name}: most likely actions {greedy.Average():F1} +- {SeedRange.Deviation(greedy):F1} ({greedy.Min():F1} to {greedy.Max():F1}), sampled {sampled.Average():F1} +- {SeedRange.Deviation(sampled):F1} ({sampled.Min():F1} to {sampled.Max():F1}); curves in {curves}"));
    }

    private sealed class Curve(StreamWriter table, int seed, long steps, IEnvironment environment) : ILearningObserver
    {
        private long written = -1;

        public void OnIteration(Learner learner)
        {
            long point = learner.Steps * (learner.Episodes is null ? EvaluationsOfCurve : PointsOfCurve) / steps;
            if (point == written || learner.Episodes is { Count: 0 })
            {
                return;
            }

            written = point;
            double mean = learner.Episodes?.MeanReturn ?? PolicyEvaluator.Returns(learner.Policy, environment, EpisodesOfCurve, 3_000_000 + (ulong)seed).Average();
            table.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seed},{learner.Steps},{mean:R}"));
        }
    }
}
