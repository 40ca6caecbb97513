using System.Globalization;
using Proximal.Control.Algorithms;
using Proximal.Control.Algorithms.Meta;
using Proximal.Control.Environments;
using Proximal.Control.Evaluation;
using Proximal.Control.Recipes;
using Proximal.Tensors;

namespace Proximal.Benchmarks;

/// <summary>
/// Learns first weights over the tasks of a recipe, and then each task with a few iterations of PPO: mean returns over the tasks of the first weights, of
/// what they adapt to, and of PPO from random weights with as many iterations.
/// </summary>
internal static class ControlAdaptation
{
    private const int Episodes = 20;

    public static void Run(string path, string seeds, int iterations, string[] overrides)
    {
        ControlRecipe recipe = new ControlRecipeReader(ControlCatalog.CreateDefault()).ReadFile(path, overrides);
        List<double> before = [], after = [], scratch = [];
        using Workers workers = new(Math.Max(1, recipe.Workers));
        foreach (int seed in SeedRange.Parse(seeds))
        {
            using Reptile learner = (Reptile)recipe.Algorithm.Create<Algorithm>().Create(recipe.CreateTask((ulong)seed, workers));
            learner.Learn(recipe.Steps);
            IReadOnlyList<IEnvironment> tasks = recipe.CreateTasks(), judged = recipe.CreateTasks(evaluation: true);
            double[] means = new double[3];
            for (int task = 0; task < tasks.Count; task++)
            {
                ulong episodes = 1_000_000 + (ulong)seed;
                using Ppo adapted = learner.Adapt(tasks[task], episodes), fresh = learner.Begin(tasks[task], episodes);
                means[0] += PolicyEvaluator.Returns(adapted.Policy, judged[task], Episodes, episodes).Average() / tasks.Count;
                adapted.Learn(iterations * learner.StepsPerInnerIteration);
                fresh.Learn(iterations * learner.StepsPerInnerIteration);
                means[1] += PolicyEvaluator.Returns(adapted.Policy, judged[task], Episodes, episodes).Average() / tasks.Count;
                means[2] += PolicyEvaluator.Returns(fresh.Policy, judged[task], Episodes, episodes).Average() / tasks.Count;
            }

            before.Add(means[0]);
            after.Add(means[1]);
            scratch.Add(means[2]);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{recipe.Name} seed {seed}: first weights {means[0]:F2}, after {iterations} iterations {means[1]:F2}, from random weights {means[2]:F2}"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{recipe.Name}: first weights {Text(before)}, after {iterations} iterations {Text(after)}, from random weights {Text(scratch)}"));
    }

    private static string Text(List<double> values) => string.Create(
        CultureInfo.InvariantCulture, $"{values.Average():F2} +- {SeedRange.Deviation(values):F2} ({values.Min():F2} to {values.Max():F2})");
}
