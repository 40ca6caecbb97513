using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Tests;

/// <summary>The entry point of this assembly when it is started as a program: trains a recipe in a folder and writes a line for everything that happens.</summary>
internal static class RunHost
{
    private static void Main(string[] arguments)
    {
        Recipe recipe = new RecipeReader(Catalog.CreateDefault()).ReadFile(arguments[0]);
        using TrainingSession session = new(recipe, new RunFolder(arguments[1]), new LineWriter());
        session.Run();
    }

    private sealed class LineWriter : ITrainingObserver
    {
        public void Started(TrainingStart start) => Console.WriteLine($"started at {start.Position}");

        public void StepFinished(StepReport report) => Console.WriteLine($"{report.Stage} {report.Step} {Environment.WorkingSet}");

        public void Evaluated(EvaluationResult evaluation) => Console.WriteLine(evaluation.Label);

        public void CheckpointWritten(string folder) => Console.WriteLine(folder);
    }
}
