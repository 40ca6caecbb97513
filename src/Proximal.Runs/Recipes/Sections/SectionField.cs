using Proximal.Recipes.Yaml;

namespace Proximal.Recipes.Sections;

/// <summary>A section inside a section; null means that the recipe does without it.</summary>
internal sealed class SectionField<T, TChild>(
    string key,
    string description,
    RecipeSection<TChild> child,
    Func<RecipeBinding, TChild> create,
    Func<T, TChild?> get,
    Func<T, TChild, T> with)
    : RecipeField<T>(key, description)
    where TChild : class
{
    /// <inheritdoc/>
    public override T Read(RecipeBinding binding, YamlNode? node, RecipePosition section, string path, T current) =>
        node is null ? current : with(current, child.Read(binding, node, path, get(current) ?? create(binding)));

    /// <inheritdoc/>
    public override void Write(YamlWriter writer, T value)
    {
        if (get(value) is { } section)
        {
            writer.Open(Key);
            child.Write(writer, section);
            writer.Close();
        }
    }

    /// <inheritdoc/>
    public override void WriteSchema(SchemaWriter schema) => child.WriteSchema(schema, Description);
}
