using Proximal.Recipes.Yaml;

namespace Proximal.Recipes.Sections;

/// <summary>A component that is always there.</summary>
internal sealed class ComponentField<T>(string key, string description, Seam seam, Func<T, ComponentChoice> get, Func<T, ComponentChoice, T> with)
    : RecipeField<T>(key, description)
{
    /// <inheritdoc/>
    public override T Read(RecipeBinding binding, YamlNode? node, RecipePosition section, string path, T current)
    {
        if (node is not null)
        {
            return with(current, binding.ReadComponent(node, path, seam, get(current)));
        }

        if (get(current) == RecipeBinding.Unset)
        {
            binding.Report(section, path, $"'{path}' is missing, expected a component of {seam}");
        }

        return current;
    }

    /// <inheritdoc/>
    public override void Write(YamlWriter writer, T value) => writer.Component(Key, get(value));

    /// <inheritdoc/>
    public override void WriteSchema(SchemaWriter schema) => schema.Component(seam, Description);
}
