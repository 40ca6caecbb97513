using System.Diagnostics;
using System.Globalization;
using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Benchmarks;

/// <summary>A whole recipe over several seeds: seconds and held-out exact match of each stage.</summary>
internal static class RecipeBenchmark
{
    public static void Run(string[] arguments)
    {
        string path = arguments.Length > 0 ? arguments[0] : "recipes/digit-completion.yaml";
        int seeds = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 3;
        List<double> finals = [];
        for (int seed = 1; seed <= seeds; seed++)
        {
            Recipe recipe = RecipePaths.Locate(new RecipeReader(Catalog.CreateDefault()).ReadFile(path, $"seed={seed}"), path);
            string folder = Directory.CreateTempSubdirectory("proximal-benchmark-").FullName;
            try
            {
                StageClock clock = new();
                using TrainingSession session = new(recipe, new RunFolder(folder), clock);
                TrainingOutcome outcome = session.Run();
                finals.Add(outcome.Evaluations[^1].Exact);
                Console.WriteLine($"seed {seed}  {clock}");
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        double mean = finals.Average();
        double error = finals.Count > 1 ? Math.Sqrt(finals.Sum(f => (f - mean) * (f - mean)) / (finals.Count - 1) / finals.Count) : 0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"held-out exact match at the end: {mean:F3} ± {error:F3} (standard error over {finals.Count} seeds)"));
    }

    private sealed class StageClock : ITrainingObserver
    {
        private readonly List<string> parts = [];
        private long mark = Stopwatch.GetTimestamp();

        public void Started(TrainingStart start) => mark = Stopwatch.GetTimestamp();

        public void StepFinished(StepReport report)
        {
        }

        public void Evaluated(EvaluationResult evaluation)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{evaluation.Label}: exact {evaluation.Exact:F3} at {Stopwatch.GetElapsedTime(mark).TotalSeconds:F1} s"));
        }

        public void CheckpointWritten(string folder)
        {
        }

        public override string ToString() => string.Join("  |  ", parts);
    }
}
