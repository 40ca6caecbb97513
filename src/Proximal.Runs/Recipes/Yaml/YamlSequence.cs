namespace Proximal.Recipes.Yaml;

/// <summary>A list of values.</summary>
internal sealed class YamlSequence(RecipePosition position, List<YamlNode> items) : YamlNode(position)
{
    public List<YamlNode> Items { get; } = items;

    /// <inheritdoc/>
    public override string Describe() => "a list";
}
