using Proximal.Recipes.Sections;
using Proximal.Recipes.Yaml;

namespace Proximal.Recipes;

/// <summary>Reads recipes from YAML. A recipe is untrusted input: its size is bounded, and everything that is wrong with it is reported at once.</summary>
/// <param name="components">The components that recipes can name.</param>
public sealed class RecipeReader(IRecipeComponents components)
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; its name without extension is the recipe's name where it gives none.</param>
    /// <param name="overrides">Changes of single values, as <c>policy.clipping.low=0.1</c>, in this order.</param>
    /// <exception cref="RecipeException">The file or an override cannot be used; every fault is listed.</exception>
    public Recipe ReadFile(string path, params IEnumerable<string> overrides)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(overrides);
        string stem = Path.GetFileNameWithoutExtension(path);
        return Read(LoadBytes(path), path, Recipe.IsFileName(stem) ? stem : null, overrides);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="yaml">The recipe.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="overrides">Changes of single values, as <c>policy.clipping.low=0.1</c>, in this order.</param>
    /// <exception cref="RecipeException">The text or an override cannot be used; every fault is listed.</exception>
    public Recipe Read(string yaml, string source = "recipe", params IEnumerable<string> overrides)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(overrides);
        List<RecipeFault> faults = [];
        return Bind(YamlTree.Read(yaml, source, hasLines: true, faults), source, null, overrides, faults);
    }

    /// <summary>Reads UTF-8 bytes.</summary>
    internal Recipe Read(ReadOnlySpan<byte> bytes, string source, string? name, IEnumerable<string> overrides)
    {
        List<RecipeFault> faults = [];
        return Bind(YamlTree.Read(bytes, source, faults), source, name, overrides, faults);
    }

    private static byte[] LoadBytes(string path)
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

    private Recipe Bind(YamlNode? root, string source, string? name, IEnumerable<string> overrides, List<RecipeFault> faults)
    {
        Recipe recipe = (Recipe)Recipe.Schema.CreateDefaults();
        if (root is not null)
        {
            foreach (string change in overrides)
            {
                root = RecipeOverride.Apply(root, change, faults);
            }

            recipe = RecipeSections.Root.Read(new RecipeBinding(components, faults), root, "", name is null ? recipe : recipe with { Name = name });
        }

        return faults.Count == 0
            ? recipe
            : throw new RecipeException([.. faults.OrderBy(f => f.Position.Source == source ? 0 : 1).ThenBy(f => f.Position.Line)]);
    }
}
