namespace Proximal.Recipes;

/// <summary>One option of a component as recipes, schemas and documentation see it.</summary>
/// <param name="Key">Name in a recipe, in kebab case.</param>
/// <param name="Kind">Type of the value.</param>
/// <param name="Description">One line for help, with the symbol of the paper.</param>
/// <param name="Minimum">Smallest number allowed, or null.</param>
/// <param name="Maximum">Largest number allowed, or null.</param>
/// <param name="Choices">Names allowed for <see cref="OptionKind.Choice"/>; empty otherwise.</param>
/// <param name="Default">The default as it would stand in a recipe; null where the option is required.</param>
public sealed record OptionDescription(
    string Key,
    OptionKind Kind,
    string Description,
    double? Minimum,
    double? Maximum,
    IReadOnlyList<string> Choices,
    string? Default);
