namespace Proximal.Recipes.Explanations;

/// <summary>A letter of an objective and the component that it stands for.</summary>
/// <param name="Symbol">The letter in plain notation, as <c>A_{i,t}</c>.</param>
/// <param name="Role">What it is, as <c>advantage</c>.</param>
/// <param name="Info">The component, which carries the formula and its source.</param>
public sealed record ObjectiveSymbol(string Symbol, string Role, ComponentInfo Info)
{
    /// <summary>The component with all its options, as <c>ppo (low 0.2, high 0.2)</c>.</summary>
    public required string Choice { get; init; }
}
