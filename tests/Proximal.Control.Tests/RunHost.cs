using Proximal.Control.Recipes;
using Proximal.Control.Runs;
using Proximal.Runs;

namespace Proximal.Control.Tests;

/// <summary>The entry point of this assembly when it is started as a program: trains a recipe in a folder and writes a line for everything that happens.</summary>
internal static class RunHost
{
    private static void Main(string[] arguments)
    {
        ControlRecipe recipe = ControlRecipe.Load(arguments[0]);
        using ControlSession session = new(recipe, new RunFolder(arguments[1]), new LineWriter());
        session.Run();
    }

    private sealed class LineWriter : IControlObserver
    {
        public void Started(ControlStart start) => Console.WriteLine($"started at {start.Step}");

        public void Reported(ControlReport report) => Console.WriteLine(report.Step);

        public void Evaluated(ControlEvaluation evaluation) => Console.WriteLine(evaluation.Label);

        public void CheckpointWritten(string folder) => Console.WriteLine(folder);
    }
}
