namespace Proximal.Recipes.Yaml;

/// <summary>A value of a YAML document with its position.</summary>
internal abstract class YamlNode(RecipePosition position)
{
    public RecipePosition Position { get; } = position;

    /// <summary>What the value is, for messages.</summary>
    public abstract string Describe();

    /// <summary>Shortens and escapes text so that it fits into one line of a message.</summary>
    public static string Quote(string text)
    {
        const int Shown = 60;
        string start = text.Length > Shown ? text[..Shown] + "..." : text;
        return "'" + string.Concat(start.Select(c => char.IsControl(c) ? " " : c.ToString())) + "'";
    }
}
