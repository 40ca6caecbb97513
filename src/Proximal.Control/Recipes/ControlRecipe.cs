using Proximal.Control.Algorithms;
using Proximal.Control.Environments;
using Proximal.Recipes;
using Proximal.Recipes.Sections;
using Proximal.Tensors;

namespace Proximal.Control.Recipes;

/// <summary>Everything that decides a control run: the same recipe and seed give the same weights.</summary>
public sealed record ControlRecipe
{
    /// <summary>What the run is called; the run folder's default name.</summary>
    public string Name { get; init; } = "run";

    /// <summary>Seed of every random draw.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads that work; 0 takes every core. No part of the results.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Steps of the environment over all its copies; updates for an offline algorithm.</summary>
    public int Steps { get; init; } = 100_000;

    /// <summary>The data set of an offline algorithm: a path, relative to the current folder or to the recipe; empty for others.</summary>
    public string Data { get; init; } = "";

    /// <summary>What is to be controlled.</summary>
    public required ComponentChoice Environment { get; init; }

    /// <summary>Changes to the environment, the innermost first.</summary>
    public ComponentList Wrappers { get; init; } = [];

    /// <summary>The environments over which an algorithm such as Reptile learns, each with the wrappers; empty for an algorithm of one environment.</summary>
    public ComponentList Tasks { get; init; } = [];

    /// <summary>How the policy is learned.</summary>
    public required ComponentChoice Algorithm { get; init; }

    /// <summary>How and when the policy is tried.</summary>
    public ControlEvaluationSettings Evaluation { get; init; } = new();

    /// <summary>When the run is saved.</summary>
    public ControlCheckpointSettings Checkpoints { get; init; } = new();

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<ControlRecipe> Schema { get; } = new OptionSchema<ControlRecipe>(CreateUnset)
        .Text("name", r => r.Name, (r, v) => r with { Name = v }, "What the run is called; the run folder's default name.")
        .Integer("seed", r => r.Seed, (r, v) => r with { Seed = v }, "Seed of every random draw.", 0)
        .Integer("workers", r => r.Workers, (r, v) => r with { Workers = v }, "Threads that work; 0 takes every core.", 0, 1024)
        .Integer("steps", r => r.Steps, (r, v) => r with { Steps = v }, "Steps of the environment over all its copies; updates for an offline algorithm.", 1, 2_000_000_000)
        .Text("data", r => r.Data, (r, v) => r with { Data = v }, "The data set of an offline algorithm: a path, relative to the current folder or to the recipe.")
        .Rule(r => RecipeDocument.IsFileName(r.Name) ? null : $"'name' is '{r.Name}', expected at most 100 letters, digits, '-', '_' and '.', not starting with '.'");

    /// <summary>Reads a recipe from YAML.</summary>
    /// <param name="yaml">The recipe.</param>
    /// <param name="components">The components that it can name; those of this assembly when null.</param>
    /// <exception cref="RecipeException">The text cannot be used; every fault is listed.</exception>
    public static ControlRecipe Parse(string yaml, IRecipeComponents? components = null) =>
        new ControlRecipeReader(components ?? ControlCatalog.CreateDefault()).Read(yaml);

    /// <summary>Reads a recipe from a YAML file.</summary>
    /// <param name="path">The file; its name without extension is the recipe's name where it gives none.</param>
    /// <param name="components">The components that it can name; those of this assembly when null.</param>
    /// <exception cref="RecipeException">The file cannot be used; every fault is listed.</exception>
    public static ControlRecipe Load(string path, IRecipeComponents? components = null) =>
        new ControlRecipeReader(components ?? ControlCatalog.CreateDefault()).ReadFile(path);

    /// <summary>Makes the environment with its wrappers.</summary>
    /// <param name="evaluation">Whether wrappers that change rewards are left out, so that returns are those of the environment itself.</param>
    /// <exception cref="ArgumentException">A wrapper does not fit the environment.</exception>
    public IEnvironment CreateEnvironment(bool evaluation = false) => Wrap(Environment, evaluation);

    /// <summary>Makes the environments over which is learned, with their wrappers.</summary>
    /// <param name="evaluation">Whether wrappers that change rewards are left out.</param>
    /// <exception cref="ArgumentException">A wrapper does not fit an environment.</exception>
    public IReadOnlyList<IEnvironment> CreateTasks(bool evaluation = false) => [.. Tasks.Select(task => Wrap(task, evaluation))];

    /// <summary>What a learner is made for.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="workers">Threads.</param>
    public LearningTask CreateTask(ulong seed, Workers workers) => new(CreateEnvironment(), seed, workers, Data) { Tasks = CreateTasks() };

    private IEnvironment Wrap(ComponentChoice environment, bool evaluation) => Wrappers
        .Select(choice => choice.Create<Wrapper>())
        .Where(wrapper => !evaluation || !wrapper.ChangesRewards)
        .Aggregate(environment.Create<IEnvironment>(), (inner, wrapper) => wrapper.Wrap(inner));

    internal static ControlRecipe CreateUnset() => new() { Environment = RecipeBinding.Unset, Algorithm = RecipeBinding.Unset };
}
