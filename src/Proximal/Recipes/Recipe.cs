using Proximal.Environments;
using Proximal.Tasks;

namespace Proximal.Recipes;

/// <summary>Everything that decides a run: the same recipe and seed give the same weights.</summary>
public sealed record Recipe
{
    /// <summary>What the run is called; the run folder's default name.</summary>
    public string Name { get; init; } = "run";

    /// <summary>Seed of every random draw.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads that work; 0 takes every core. No part of the results.</summary>
    public int Workers { get; init; }

    /// <summary>Where the policy starts from.</summary>
    public ModelSettings Model { get; init; } = new();

    /// <summary>Prompts and their verifier.</summary>
    public required ComponentChoice Task { get; init; }

    /// <summary>More tasks, with which <see cref="Task"/> is mixed; a weight of 1 is a share as large as that of <see cref="Task"/>.</summary>
    public ComponentList Mixture { get; init; } = [];

    /// <summary>What answers the policy's turns.</summary>
    public ComponentChoice Environment { get; init; } = new(SingleTurn.Definition);

    /// <summary>How and when held-out prompts are tried.</summary>
    public EvaluationSettings Evaluation { get; init; } = new();

    /// <summary>Learning from demonstrations, before the policy stage; null for none.</summary>
    public SupervisedStage? Supervised { get; init; }

    /// <summary>Learning from rewards; null for none.</summary>
    public PolicyStage? Policy { get; init; }

    /// <summary>When the run is saved.</summary>
    public CheckpointSettings Checkpoints { get; init; } = new();

    /// <summary>Which rollouts are kept token by token. No part of the results.</summary>
    public RecordingSettings Recording { get; init; } = new();

    /// <summary>Models that train side by side with this one; null for none.</summary>
    public PeerSettings? Peers { get; init; }

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<Recipe> Schema { get; } = new OptionSchema<Recipe>(() => new Recipe { Task = Sections.RecipeBinding.Unset })
        .Text("name", r => r.Name, (r, v) => r with { Name = v }, "What the run is called; the run folder's default name.")
        .Integer("seed", r => r.Seed, (r, v) => r with { Seed = v }, "Seed of every random draw.", 0)
        .Integer("workers", r => r.Workers, (r, v) => r with { Workers = v }, "Threads that work; 0 takes every core.", 0, 1024)
        .Rule(r => RecipeDocument.IsFileName(r.Name) ? null : $"'name' is '{r.Name}', expected at most 100 letters, digits, '-', '_' and '.', not starting with '.'");

    /// <summary>Makes the task, mixed with those of <see cref="Mixture"/> where there are any.</summary>
    /// <exception cref="ArgumentException">A weight of the mixture is not positive.</exception>
    public ITask CreateTask() => Mixture.Count == 0
        ? Task.Create<ITask>()
        : new MixtureTask([(Task.Create<ITask>(), 1), .. Mixture.Select(choice => (choice.Create<ITask>(), choice.Weight))]);

    /// <summary>Reads a recipe from YAML.</summary>
    /// <param name="yaml">The recipe.</param>
    /// <param name="components">The components that it can name; those of this assembly when null.</param>
    /// <exception cref="RecipeException">The text cannot be used; every fault is listed.</exception>
    public static Recipe Parse(string yaml, IRecipeComponents? components = null) => new RecipeReader(components ?? Catalog.CreateDefault()).Read(yaml);

    /// <summary>Reads a recipe from a YAML file.</summary>
    /// <param name="path">The file; its name without extension is the recipe's name where it gives none.</param>
    /// <param name="components">The components that it can name; those of this assembly when null.</param>
    /// <exception cref="RecipeException">The file cannot be used; every fault is listed.</exception>
    public static Recipe Load(string path, IRecipeComponents? components = null) => new RecipeReader(components ?? Catalog.CreateDefault()).ReadFile(path);
}
