using System.Globalization;

namespace Proximal.Models.Tokenizers;

/// <summary>Which characters of Unicode are made of others, and how combining marks are ordered: the tables behind <see cref="NormalFormC"/>.</summary>
internal sealed class CanonicalMappings
{
    private const string Resource = "canonical-mappings.txt";

    private static readonly Lazy<CanonicalMappings> Loaded = new(() => new CanonicalMappings());

    private readonly Dictionary<int, int[]> decompositions = [];
    private readonly Dictionary<(int First, int Second), int> compositions = [];
    private readonly Dictionary<int, byte> classes = [];

    private CanonicalMappings()
    {
        using StreamReader reader = new(typeof(CanonicalMappings).Assembly.GetManifestResourceStream(Resource)!);
        while (reader.ReadLine() is { } line)
        {
            if (line[0] == '@')
            {
                AddClass(line[1..].Split(' '));
            }
            else if (line[0] != '#')
            {
                AddDecomposition(line.Split(' '));
            }
        }
    }

    /// <summary>The tables, read when a text first needs them.</summary>
    public static CanonicalMappings Instance => Loaded.Value;

    /// <summary>What a code point is made of, one step; empty for itself.</summary>
    public ReadOnlySpan<int> Decomposition(int codePoint) => decompositions.GetValueOrDefault(codePoint);

    /// <summary>The code point that two make, or -1.</summary>
    public int Composition(int first, int second) => compositions.GetValueOrDefault((first, second), -1);

    /// <summary>The canonical combining class: 0 for a starter.</summary>
    public byte Class(int codePoint) => classes.GetValueOrDefault(codePoint);

    private static int Parse(string hexadecimal) => int.Parse(hexadecimal, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private void AddDecomposition(string[] fields)
    {
        int composite = Parse(fields[0]);
        int[] parts = Array.ConvertAll(fields[2..], Parse);
        decompositions.Add(composite, parts);
        if (fields[1] == "=")
        {
            compositions.Add((parts[0], parts[1]), composite);
        }
    }

    private void AddClass(string[] fields)
    {
        byte combiningClass = byte.Parse(fields[0], CultureInfo.InvariantCulture);
        foreach (string range in fields[1..])
        {
            string[] ends = range.Split('-');
            for (int codePoint = Parse(ends[0]); codePoint <= Parse(ends[^1]); codePoint++)
            {
                classes.Add(codePoint, combiningClass);
            }
        }
    }
}
