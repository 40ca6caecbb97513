using System.Globalization;
using Proximal.Recipes.Yaml;

namespace Proximal.Recipes.Sections;

/// <summary>A list of sections.</summary>
/// <param name="key">Key of the list.</param>
/// <param name="description">What the list is.</param>
/// <param name="child">Keys of an element.</param>
/// <param name="create">What an element is where it says nothing.</param>
/// <param name="get">Reads the list.</param>
/// <param name="with">Replaces the list.</param>
internal sealed class SectionListField<T, TChild>(
    string key,
    string description,
    RecipeSection<TChild> child,
    Func<TChild> create,
    Func<T, IReadOnlyList<TChild>> get,
    Func<T, IReadOnlyList<TChild>, T> with)
    : RecipeField<T>(key, description)
    where TChild : class
{
    /// <inheritdoc/>
    public override T Read(RecipeBinding binding, YamlNode? node, RecipePosition section, string path, T current)
    {
        switch (node)
        {
            case null:
                return current;

            case YamlSequence list:
                return with(current, [.. list.Items.Select((item, i) => child.Read(binding, item, Element(path, i), create()))]);

            case YamlListPatch patch:
                List<TChild> elements = [.. get(current)];
                foreach ((int index, YamlNode item) in patch.Items)
                {
                    if (index > elements.Count)
                    {
                        string expected = string.Create(CultureInfo.InvariantCulture, $"expected an index of at most {elements.Count}");
                        binding.Report(item.Position, Element(path, index), $"'{Element(path, index)}' does not exist, {expected}");
                    }
                    else if (index == elements.Count)
                    {
                        elements.Add(child.Read(binding, item, Element(path, index), create()));
                    }
                    else
                    {
                        elements[index] = child.Read(binding, item, Element(path, index), elements[index]);
                    }
                }

                return with(current, elements);

            default:
                binding.ReportValue(node, path, "a list");
                return current;
        }
    }

    /// <inheritdoc/>
    public override void Write(YamlWriter writer, T value)
    {
        writer.Open(Key);
        foreach (TChild element in get(value))
        {
            writer.OpenElement();
            child.Write(writer, element);
            writer.Close();
        }

        writer.Close();
    }

    /// <inheritdoc/>
    public override void WriteSchema(SchemaWriter schema) => schema.List(Description, () => child.WriteSchema(schema, Description));

    private static string Element(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}
