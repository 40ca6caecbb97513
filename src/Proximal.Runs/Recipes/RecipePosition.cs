using System.Globalization;

namespace Proximal.Recipes;

/// <summary>Where a value of a recipe was written.</summary>
/// <param name="Source">A file, or the override as typed: <c>--set policy.steps=5</c>.</param>
/// <param name="Line">The line, from 1; 0 where the source has no lines.</param>
public sealed record RecipePosition(string Source, int Line)
{
    /// <summary><c>file:line</c>, or the source alone.</summary>
    public override string ToString() => Line == 0 ? Source : string.Create(CultureInfo.InvariantCulture, $"{Source}:{Line}");
}
