namespace Proximal.Recipes.Yaml;

/// <summary>A single value: its text, and whether it stood without quotes.</summary>
internal sealed class YamlScalar(RecipePosition position, string text, bool isPlain) : YamlNode(position)
{
    public string Text { get; } = text;

    /// <summary>Without quotes; only then can it be a number, a switch or null.</summary>
    public bool IsPlain { get; } = isPlain;

    /// <summary>Says that the key counts as absent.</summary>
    public bool IsNull => IsPlain && Text is "null" or "~";

    /// <inheritdoc/>
    public override string Describe() => IsPlain && Text.Length == 0 ? "empty" : Quote(Text);
}
