using Proximal.Recipes.Yaml;

namespace Proximal.Recipes.Sections;

/// <summary>One key of a section: how it is read, written and described to editors.</summary>
internal abstract class RecipeField<T>(string key, string description)
{
    public string Key { get; } = key;

    public string Description { get; } = description;

    /// <summary>The value with this key as the recipe gives it; the node is null when the key is absent, which is reported at the start of the section where it must not be.</summary>
    public abstract T Read(RecipeBinding binding, YamlNode? node, RecipePosition section, string path, T current);

    /// <summary>Writes the key with its value.</summary>
    public abstract void Write(YamlWriter writer, T value);

    /// <summary>Writes the JSON schema of the value.</summary>
    public abstract void WriteSchema(SchemaWriter schema);
}
