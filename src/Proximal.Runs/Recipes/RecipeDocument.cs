using Proximal.Recipes.Sections;
using Proximal.Recipes.Yaml;

namespace Proximal.Recipes;

/// <summary>A recipe as YAML, before its keys mean something. It is untrusted input: its size is bounded, and everything that is wrong with it is reported at once.</summary>
internal sealed class RecipeDocument
{
    private readonly string source;
    private readonly YamlNode? root;
    private readonly List<RecipeFault> faults;

    private RecipeDocument(string source, YamlNode? root, List<RecipeFault> faults, IEnumerable<RecipeChange> changes)
    {
        this.source = source;
        this.faults = faults;
        foreach (RecipeChange change in root is null ? [] : changes)
        {
            root = change.Apply(root!, faults);
        }

        this.root = root;
    }

    /// <summary>Reads a file with changes of single values, as <c>policy.clipping.low=0.1</c>, in this order.</summary>
    /// <exception cref="RecipeException">There is no file, or it cannot be read.</exception>
    public static RecipeDocument ReadFile(string path, IEnumerable<string> overrides) => ReadChanged(path, overrides.Select(RecipeChange.FromString));

    /// <summary>Reads a file with changes of single values, in this order.</summary>
    /// <exception cref="RecipeException">There is no file, or it cannot be read.</exception>
    public static RecipeDocument ReadChanged(string path, IEnumerable<RecipeChange> changes)
    {
        List<RecipeFault> faults = [];
        return new(path, YamlTree.Read(LoadBytes(path), path, faults), faults, changes);
    }

    /// <summary>Reads a text.</summary>
    public static RecipeDocument Read(string yaml, string source, IEnumerable<string> overrides)
    {
        List<RecipeFault> faults = [];
        return new(source, YamlTree.Read(yaml, source, hasLines: true, faults), faults, overrides.Select(RecipeChange.FromString));
    }

    /// <summary>Reads UTF-8 bytes.</summary>
    public static RecipeDocument Read(ReadOnlySpan<byte> bytes, string source, IEnumerable<string> overrides)
    {
        List<RecipeFault> faults = [];
        return new(source, YamlTree.Read(bytes, source, faults), faults, overrides.Select(RecipeChange.FromString));
    }

    /// <summary>Whether a text can be the name of a run folder on every file system.</summary>
    public static bool IsFileName(string name) =>
        name.Length is > 0 and <= 100 && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>The name that a recipe has where it gives none: that of its file, where a folder can have it.</summary>
    public static string? NameOf(string path) => Path.GetFileNameWithoutExtension(path) is { } stem && IsFileName(stem) ? stem : null;

    /// <summary>Whether the recipe has a key at its root.</summary>
    public bool Has(string key) => root is YamlMapping mapping && mapping.Find(key) is not null;

    /// <summary>Where the value of a key at the root was written; the recipe itself without that key.</summary>
    public RecipePosition PositionOf(string key) => (root as YamlMapping)?.Find(key)?.Value.Position ?? new RecipePosition(source, 0);

    /// <summary>The recipe over its defaults.</summary>
    /// <param name="section">The keys.</param>
    /// <param name="components">The components that it can name.</param>
    /// <param name="defaults">What holds where the recipe says nothing.</param>
    /// <param name="check">What is wrong with a recipe whose single values are right.</param>
    /// <exception cref="RecipeException">It cannot be used; every fault is listed.</exception>
    public T Bind<T>(RecipeSection<T> section, IRecipeComponents components, T defaults, Func<T, IEnumerable<RecipeFault>>? check = null)
        where T : class
    {
        T recipe = root is null ? defaults : section.Read(new RecipeBinding(components, faults), root, "", defaults);
        if (faults.Count == 0 && check is not null)
        {
            faults.AddRange(check(recipe));
        }

        return faults.Count == 0
            ? recipe
            : throw new RecipeException([.. faults.OrderBy(f => f.Position.Source == source ? 0 : 1).ThenBy(f => f.Position.Line)]);
    }

    /// <summary>The bytes of a file, up to one more than a recipe can have.</summary>
    /// <exception cref="RecipeException">There is no file, or it cannot be read.</exception>
    public static byte[] LoadBytes(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] bytes = new byte[YamlTree.MaximumBytes + 1];
            int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes[..length];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            string problem = fault is FileNotFoundException or DirectoryNotFoundException ? "does not exist" : "cannot be read: " + fault.Message;
            throw new RecipeException([new RecipeFault(new RecipePosition(path, 0), "", problem)]);
        }
    }
}
