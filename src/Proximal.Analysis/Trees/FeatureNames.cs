namespace Proximal.Analysis.Trees;

/// <summary>Checks names that stand in files, rules and source code.</summary>
internal static class FeatureNames
{
    public const int Most = 1024;
    public const int Longest = 100;

    /// <summary>Refuses names that are empty, too long, have spaces or control characters, or are there twice.</summary>
    public static void Check(IReadOnlyList<string> names, string kind, string parameter)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (FindFault(name) is { } fault)
            {
                throw new ArgumentException($"The name '{name}' of a {kind} {fault}.", parameter);
            }

            if (!seen.Add(name))
            {
                throw new ArgumentException($"The name '{name}' of a {kind} is there twice.", parameter);
            }
        }
    }

    /// <summary>What keeps a text from being a name; null for a name.</summary>
    public static string? FindFault(string name) => name.Length is 0 or > Longest ? $"has {name.Length} characters, expected 1 to {Longest}"
        : name.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) ? "has a space or control character"
        : null;
}
