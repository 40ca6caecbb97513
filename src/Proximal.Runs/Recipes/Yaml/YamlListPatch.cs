namespace Proximal.Recipes.Yaml;

/// <summary>Single elements of a list that the file does not give: an override such as <c>regularizers[0].coefficient=0.1</c> of a list that comes from the objective.</summary>
internal sealed class YamlListPatch(RecipePosition position) : YamlNode(position)
{
    public SortedDictionary<int, YamlNode> Items { get; } = [];

    /// <inheritdoc/>
    public override string Describe() => "a list element";
}
