using Proximal.Recipes.Yaml;

namespace Proximal.Recipes.Sections;

/// <summary>A list of components of one seam.</summary>
internal sealed class ComponentListField<T>(
    string key,
    string description,
    Seam seam,
    bool weighted,
    Func<T, ComponentList> get,
    Func<T, ComponentList, T> with)
    : RecipeField<T>(key, description)
{
    /// <inheritdoc/>
    public override T Read(RecipeBinding binding, YamlNode? node, RecipePosition section, string path, T current) =>
        node is null ? current : with(current, binding.ReadComponents(node, path, seam, get(current), weighted));

    /// <inheritdoc/>
    public override void Write(YamlWriter writer, T value) => writer.Components(Key, get(value), weighted);

    /// <inheritdoc/>
    public override void WriteSchema(SchemaWriter schema) => schema.Components(seam, Description);
}
