namespace Proximal.Recipes;

/// <summary>A model beside that of the recipe. What it does not say of itself is as the recipe has it: task, tokenizer, environment and the numbers of all stages.</summary>
public sealed record PeerModel
{
    /// <summary>Name in metrics, evaluations and folders.</summary>
    public required string Name { get; init; }

    /// <summary>Tells its draws from those of others: with the seed of the run it decides first weights, demonstrations and rollouts; 0 for its place in the list.</summary>
    public int Seed { get; init; }

    /// <summary>Where it starts from.</summary>
    public required ModelSettings Model { get; init; }

    /// <summary>Its learning from demonstrations; null where the recipe has none.</summary>
    public SupervisedStage? Supervised { get; init; }

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<PeerModel> Schema { get; } = new OptionSchema<PeerModel>(() => new PeerModel { Name = "", Model = new ModelSettings() })
        .Text("name", p => p.Name, (p, v) => p with { Name = v }, "Name in metrics, evaluations and folders.")
        .Integer("seed", p => p.Seed, (p, v) => p with { Seed = v }, "With the seed of the run it decides the draws of this model; 0 for its place in the list.", 0)
        .Rule(p => RecipeDocument.IsFileName(p.Name) ? null : $"'name' is '{p.Name}', expected at most 100 letters, digits, '-', '_' and '.', not starting with '.'");
}
