using System.Text.Json;
using Proximal.Control.Algorithms;
using Proximal.Control.Policies;
using Proximal.Control.Recipes;
using Proximal.Control.Runs;
using Proximal.Recipes;
using Proximal.Runs;

namespace Proximal.Control.Tests.Runs;

/// <summary>Control runs that take a blink.</summary>
internal static class TinyControl
{
    public const string Yaml = """
        name: tiny
        seed: 3
        steps: 1000
        environment: cartpole
        algorithm: wandering
        evaluation: { episodes: 3, every: 300 }
        checkpoints: { every: 200 }
        """;

    /// <summary>The components of this assembly's recipes: those of the product, and algorithms that only tests have.</summary>
    public static ControlCatalog Catalog { get; } = CreateCatalog();

    public static ControlRecipe Recipe(params string[] overrides) => new ControlRecipeReader(Catalog).Read(Yaml, overrides: overrides);

    /// <summary>Runs to the end in a folder.</summary>
    public static ControlOutcome Train(ControlRecipe recipe, string folder, IControlObserver? observer = null, CancellationToken cancellation = default)
    {
        using ControlSession session = new(recipe, new RunFolder(folder), observer);
        return session.Run(cancellation);
    }

    /// <summary>Asserts that two finished runs have the same weights, evaluations and metrics, times aside.</summary>
    public static void AssertSame(string expected, string actual)
    {
        Assert.Equal(Weights(expected), Weights(actual));
        Assert.Equal(Metrics(expected), Metrics(actual));
    }

    public static byte[] Weights(string folder) => File.ReadAllBytes(Path.Combine(new RunFolder(folder).Model, PolicyFile.ParametersName));

    public static string[] Metrics(string folder) => [.. File.ReadLines(new RunFolder(folder).Metrics).Select(WithoutTimes)];

    private static string WithoutTimes(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return string.Join(' ', document.RootElement.EnumerateObject().Where(p => !p.Name.StartsWith("time/", StringComparison.Ordinal)));
    }

    private static ControlCatalog CreateCatalog()
    {
        ControlCatalog catalog = ControlCatalog.CreateDefault();
        catalog.Algorithms
            .Add(new ComponentDefinition<Algorithm, WanderingOptions>(
                new ComponentInfo("wandering", Seam.Algorithms, "Weights take a random walk.", "w <- w + rate n x", "a test"),
                WanderingOptions.Schema,
                options => new Algorithm(ActionKinds.Discrete, task => new WanderingLearner(task, options))
                {
                    Arithmetic = steps => FormattableString.Invariant($"4 copies x 8 steps = 32 transitions an iteration, {steps / 32} iterations."),
                }))
            .Add(new ComponentDefinition<Algorithm, NoOptions>(
                new ComponentInfo("continuous-only", Seam.Algorithms, "Takes real numbers.", "", "a test"),
                NoOptions.Schema,
                _ => new Algorithm(ActionKinds.Continuous, _ => throw new NotSupportedException()) { Arithmetic = _ => "" }))
            .Add(new ComponentDefinition<Algorithm, NoOptions>(
                new ComponentInfo("offline", Seam.Algorithms, "Learns from data.", "", "a test"),
                NoOptions.Schema,
                _ => new Algorithm(ActionKinds.All, _ => throw new NotSupportedException()) { IsOffline = true, Arithmetic = _ => "" }));
        return catalog;
    }
}
