using System.Globalization;
using System.Text;

namespace Proximal.Analysis.Trees;

/// <summary>
/// A tree as C# source: one static class without dependencies, whose method <c>Choose</c> takes the features by their names and gives the action. It decides
/// as the tree does, bit for bit, because thresholds are written so that they read back exactly.
/// </summary>
public static class TreeCSharp
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default", "delegate", "do", "double", "else",
        "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock",
        "long", "namespace", "new", "null", "object", "operator", "out", "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed",
        "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using",
        "virtual", "void", "volatile", "while",
    };

    /// <summary>The source of a file.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="className">Name of the class.</param>
    /// <param name="namespaceName">Its namespace; none where null.</param>
    public static string Write(DecisionTree tree, string className = "TreePolicy", string? namespaceName = null)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentException.ThrowIfNullOrEmpty(className);
        string[] names = Identifiers(tree.Features);
        StringBuilder text = new();
        if (namespaceName is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"namespace {namespaceName};\n\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"/// <summary>A decision tree with {tree.LeafCount} leaves and at most {tree.Depth} questions.</summary>\n");
        text.Append(CultureInfo.InvariantCulture, $"public static class {Identifier(className, upper: true)}\n{{\n");
        text.Append("    /// <summary>Name of every action.</summary>\n    public static System.Collections.Generic.IReadOnlyList<string> Actions { get; } =\n    [\n");
        foreach (string action in tree.Actions.Names)
        {
            text.Append("        ").Append(Literal(action)).Append(",\n");
        }

        text.Append("    ];\n\n    /// <summary>The action for an input.</summary>\n    public static int Choose(");
        text.AppendJoin(", ", names.Select(name => "double " + name)).Append(")\n    {\n");
        WriteNode(text, tree, names, 0, 2);
        return text.Append("    }\n}\n").ToString();
    }

    private static void WriteNode(StringBuilder text, DecisionTree tree, string[] names, int id, int level)
    {
        TreeNode node = tree.Nodes[id];
        string indent = new(' ', 4 * level);
        if (node.IsLeaf)
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}return {node.Action}; // {Comment(tree.Actions.Names[node.Action])}\n");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"{indent}if ({names[node.Feature]} <= {Number(node.Threshold)})\n{indent}{{\n");
        WriteNode(text, tree, names, node.Left, level + 1);
        text.Append(CultureInfo.InvariantCulture, $"{indent}}}\n{indent}else\n{indent}{{\n");
        WriteNode(text, tree, names, node.Right, level + 1);
        text.Append(CultureInfo.InvariantCulture, $"{indent}}}\n");
    }

    private static string Number(double value)
    {
        string digits = value.ToString("R", CultureInfo.InvariantCulture);
        return digits.AsSpan().IndexOfAny('.', 'E') < 0 ? digits + ".0" : digits;
    }

    private static string[] Identifiers(IReadOnlyList<string> names)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        return [.. names.Select(name =>
        {
            string identifier = Identifier(name, upper: false), unique = identifier;
            for (int suffix = 2; !taken.Add(unique); suffix++)
            {
                unique = string.Create(CultureInfo.InvariantCulture, $"{identifier.TrimStart('@')}{suffix}");
            }

            return unique;
        })];
    }

    /// <summary>As <c>zoneTemperature</c> for <c>zone-temperature</c>.</summary>
    private static string Identifier(string name, bool upper)
    {
        StringBuilder identifier = new();
        bool raise = upper;
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
            {
                raise = identifier.Length > 0 || upper;
                continue;
            }

            if (identifier.Length == 0 && char.IsAsciiDigit(c))
            {
                identifier.Append('_');
            }

            identifier.Append(raise ? char.ToUpperInvariant(c) : identifier.Length == 0 ? char.ToLowerInvariant(c) : c);
            raise = false;
        }

        string text = identifier.Length == 0 ? "_" : identifier.ToString();
        return Keywords.Contains(text) ? "@" + text : text;
    }

    private static string Literal(string text)
    {
        StringBuilder literal = new("\"");
        foreach (char c in text)
        {
            _ = c is '"' or '\\' ? literal.Append('\\').Append(c)
                : c is >= ' ' and <= '~' ? literal.Append(c)
                : literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }

        return literal.Append('"').ToString();
    }

    private static string Comment(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c : '?'));
}
