using Proximal.Recipes.Yaml;

namespace Proximal.Recipes;

/// <summary>A change of a single value of a recipe: <c>policy.clipping.high=0.28</c>. It knows where it was written, so that faults name the place.</summary>
public sealed class RecipeChange
{
    private readonly string text;
    private readonly string option;
    private readonly string? path;
    private readonly YamlNode? value;
    private readonly RecipePosition? position;

    /// <summary>A change as text; read when it is applied.</summary>
    /// <param name="text">key=value.</param>
    /// <param name="option">The option of the command line that gave it, for messages.</param>
    public RecipeChange(string text, string option = "--set")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(option);
        this.text = text;
        this.option = option;
    }

    /// <summary>A change that another file holds.</summary>
    internal RecipeChange(string path, YamlNode value, RecipePosition position)
    {
        text = $"{path}={value.Describe().Trim('\'')}";
        option = "";
        this.path = path;
        this.value = value;
        this.position = position;
    }

    /// <summary>A change as text.</summary>
    public static implicit operator RecipeChange(string text) => new(text);

    /// <summary>A change as text; what the operator does.</summary>
    public static RecipeChange FromString(string text) => new(text);

    /// <summary>The change as key=value.</summary>
    public override string ToString() => text;

    /// <summary>The tree with the change; a change that cannot be read is reported and leaves the tree as it is.</summary>
    internal YamlNode Apply(YamlNode root, List<RecipeFault> faults) => path is null
        ? RecipeOverride.Apply(root, text, option, faults)
        : RecipeOverride.Apply(root, path, value!, position!, faults);
}
