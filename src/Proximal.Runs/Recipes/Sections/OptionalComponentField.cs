using Proximal.Recipes.Yaml;

namespace Proximal.Recipes.Sections;

/// <summary>A component that may be missing: <c>none</c> takes away the one that the objective brings.</summary>
internal sealed class OptionalComponentField<T>(string key, string description, Seam seam, Func<T, ComponentChoice?> get, Func<T, ComponentChoice?, T> with)
    : RecipeField<T>(key, description)
{
    /// <summary>The name of no component.</summary>
    public const string None = "none";

    /// <inheritdoc/>
    public override T Read(RecipeBinding binding, YamlNode? node, RecipePosition section, string path, T current) => node switch
    {
        null => current,
        YamlScalar { Text: None } => with(current, null),
        _ => with(current, binding.ReadComponent(node, path, seam, get(current))),
    };

    /// <inheritdoc/>
    public override void Write(YamlWriter writer, T value)
    {
        if (get(value) is { } choice)
        {
            writer.Component(Key, choice);
        }
        else
        {
            writer.Value(Key, None);
        }
    }

    /// <inheritdoc/>
    public override void WriteSchema(SchemaWriter schema) => schema.Component(seam, Description, None);
}
