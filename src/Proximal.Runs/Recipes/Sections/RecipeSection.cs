using Proximal.Recipes.Yaml;

namespace Proximal.Recipes.Sections;

/// <summary>The keys of a part of a recipe: one declaration from which reader, writer and editor schema follow.</summary>
internal sealed class RecipeSection<T>
    where T : class
{
    private readonly OptionSchema<T> options;
    private readonly List<RecipeField<T>> fields;
    private Func<T, string, bool> isWritten = (_, _) => true;
    private string? exclusive;

    /// <summary>A section whose single values are the options of a schema.</summary>
    public RecipeSection(OptionSchema<T> options)
    {
        this.options = options;
        fields = [.. options.Options.Select(o => new OptionField<T>(options, o))];
    }

    /// <summary>Adds a key; keys are read and written in the order in which they are added.</summary>
    public RecipeSection<T> Add(RecipeField<T> field)
    {
        fields.Add(field);
        return this;
    }

    /// <summary>Adds a component.</summary>
    public RecipeSection<T> Component(string key, string description, Seam seam, Func<T, ComponentChoice> get, Func<T, ComponentChoice, T> with) =>
        Add(new ComponentField<T>(key, description, seam, get, with));

    /// <summary>Adds a list of components.</summary>
    public RecipeSection<T> Components(string key, string description, Seam seam, Func<T, ComponentList> get, Func<T, ComponentList, T> with, bool weighted = false) =>
        Add(new ComponentListField<T>(key, description, seam, weighted, get, with));

    /// <summary>Adds a section.</summary>
    public RecipeSection<T> Section<TChild>(string key, string description, RecipeSection<TChild> child, Func<RecipeBinding, TChild> create, Func<T, TChild?> get, Func<T, TChild, T> with)
        where TChild : class =>
        Add(new SectionField<T, TChild>(key, description, child, create, get, with));

    /// <summary>A key that no other key of the section goes with.</summary>
    public RecipeSection<T> Exclusive(string key, Func<T, string, bool> isWritten)
    {
        exclusive = key;
        this.isWritten = isWritten;
        return this;
    }

    /// <summary>Reads a mapping over the current values.</summary>
    public T Read(RecipeBinding binding, YamlNode node, string path, T current)
    {
        if (node is not YamlMapping mapping)
        {
            string subject = path.Length == 0 ? "the recipe" : $"'{path}'";
            binding.Report(node.Position, path, $"{subject} is {node.Describe()}, expected a mapping of keys to values");
            return current;
        }

        binding.ReportUnknownKeys(mapping, path, [.. fields.Select(f => f.Key)]);
        ReportExclusion(binding, mapping, path);
        current = binding.ReadOptions(mapping, path, options, current);
        foreach (RecipeField<T> field in fields)
        {
            YamlNode? value = mapping.Find(field.Key)?.Value;
            current = field.Read(binding, value is YamlScalar { IsNull: true } ? null : value, mapping.Position, RecipeBinding.Join(path, field.Key), current);
        }

        return current;
    }

    /// <summary>Writes every key.</summary>
    public void Write(YamlWriter writer, T value)
    {
        foreach (RecipeField<T> field in fields.Where(f => isWritten(value, f.Key)))
        {
            field.Write(writer, value);
        }
    }

    /// <summary>Writes the JSON schema of the mapping.</summary>
    public void WriteSchema(SchemaWriter schema, string description) => schema.Mapping(description, () => WriteProperties(schema));

    /// <summary>Writes the JSON schema of every key.</summary>
    public void WriteProperties(SchemaWriter schema)
    {
        foreach (RecipeField<T> field in fields)
        {
            schema.Property(field.Key, () => field.WriteSchema(schema));
        }
    }

    private void ReportExclusion(RecipeBinding binding, YamlMapping mapping, string path)
    {
        if (exclusive is null || mapping.Find(exclusive) is null)
        {
            return;
        }

        foreach (YamlEntry entry in mapping.Entries.Where(e => e.Key != exclusive && fields.Any(f => f.Key == e.Key)))
        {
            string full = RecipeBinding.Join(path, entry.Key);
            binding.Report(entry.Position, full, $"'{full}' does not go with '{RecipeBinding.Join(path, exclusive)}', expected one of the two");
        }
    }
}
