using Proximal.Recipes.Yaml;

namespace Proximal.Recipes.Sections;

/// <summary>A single value. It is read with the whole schema of its section, so that rules over several values hold.</summary>
internal sealed class OptionField<T>(OptionSchema<T> schema, OptionDescription option) : RecipeField<T>(option.Key, option.Description)
    where T : class
{
    /// <inheritdoc/>
    public override T Read(RecipeBinding binding, YamlNode? node, RecipePosition section, string path, T current) => current;

    /// <inheritdoc/>
    public override void Write(YamlWriter writer, T value) => writer.Value(Key, schema.Get(value, Key));

    /// <inheritdoc/>
    public override void WriteSchema(SchemaWriter schema) => schema.Option(option);
}
