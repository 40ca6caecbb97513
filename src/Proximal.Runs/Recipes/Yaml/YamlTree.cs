using System.Globalization;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Proximal.Recipes.Yaml;

/// <summary>
/// Reads the part of YAML that recipes use: mappings, lists and scalars of one document. Anchors, aliases, tags and several documents are
/// refused, and size, depth, number of nodes and length of scalars are bounded, because a recipe may come from anyone.
/// </summary>
internal sealed class YamlTree
{
    public const int MaximumBytes = 1 << 20;
    public const int MaximumDepth = 24;
    public const int MaximumNodes = 20_000;
    public const int MaximumScalarLength = 4_096;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string source;
    private readonly bool hasLines;
    private readonly List<RecipeFault> faults;
    private readonly Parser parser;
    private int nodes;

    private YamlTree(string text, string source, bool hasLines, List<RecipeFault> faults)
    {
        this.source = source;
        this.hasLines = hasLines;
        this.faults = faults;
        parser = new Parser(new Scanner(new StringReader(text)));
    }

    /// <summary>Decodes and reads a file; null, with at least one fault, when nothing can be made of it.</summary>
    public static YamlNode? Read(ReadOnlySpan<byte> bytes, string source, List<RecipeFault> faults)
    {
        RecipePosition start = new(source, 0);
        if (bytes.Length > MaximumBytes)
        {
            faults.Add(new RecipeFault(start, "", string.Create(CultureInfo.InvariantCulture, $"is larger than a recipe can be, expected at most {MaximumBytes} bytes")));
            return null;
        }

        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        try
        {
            return Read(Utf8.GetString(bytes), source, hasLines: true, faults);
        }
        catch (DecoderFallbackException)
        {
            faults.Add(new RecipeFault(start, "", "is not UTF-8 text"));
            return null;
        }
    }

    /// <summary>Reads a document; null, with at least one fault, when nothing can be made of it.</summary>
    public static YamlNode? Read(string text, string source, bool hasLines, List<RecipeFault> faults)
    {
        if (text.Length > MaximumBytes)
        {
            faults.Add(new RecipeFault(new RecipePosition(source, 0), "", string.Create(CultureInfo.InvariantCulture, $"is larger than a recipe can be, expected at most {MaximumBytes} bytes")));
            return null;
        }

        if (FindBadCharacter(text) is (int line, string problem))
        {
            faults.Add(new RecipeFault(new RecipePosition(source, hasLines ? line : 0), "", problem));
            return null;
        }

        YamlTree tree = new(text, source, hasLines, faults);
        try
        {
            return tree.ReadDocument();
        }
        catch (YamlException fault)
        {
            string message = fault.Message.ReplaceLineEndings(" ").TrimEnd('.');
            faults.Add(new RecipeFault(tree.At(fault.Start), "", $"is not valid YAML: {message}"));
            return null;
        }
    }

    private static (int Line, string Problem)? FindBadCharacter(string text)
    {
        int line = 1;
        bool indenting = true;
        foreach (char c in text)
        {
            if (c == '\n')
            {
                line++;
                indenting = true;
            }
            else if (c == '\t' && indenting)
            {
                return (line, "has a tab in its indentation, expected spaces");
            }
            else if (char.IsControl(c) && c is not ('\t' or '\r'))
            {
                return (line, string.Create(CultureInfo.InvariantCulture, $"has the control character U+{(int)c:X4}, expected text"));
            }
            else if (c != ' ')
            {
                indenting = false;
            }
        }

        return null;
    }

    private YamlNode? ReadDocument()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out StreamEnd? _))
        {
            faults.Add(new RecipeFault(new RecipePosition(source, hasLines ? 1 : 0), "", "is empty, expected a recipe"));
            return null;
        }

        parser.Consume<DocumentStart>();
        YamlNode? root = ReadNode(0);
        if (root is null)
        {
            return null;
        }

        parser.Consume<DocumentEnd>();
        if (!parser.Accept<StreamEnd>(out StreamEnd? _))
        {
            faults.Add(new RecipeFault(At(parser.Current!.Start), "", "starts a second document, expected one"));
        }

        return root;
    }

    /// <summary>Reads one node; null after a fault that ends the reading.</summary>
    private YamlNode? ReadNode(int depth)
    {
        if (parser.Accept<AnchorAlias>(out AnchorAlias? alias))
        {
            return Refuse(alias, "uses an alias, expected the value itself");
        }

        NodeEvent node = parser.Consume<NodeEvent>();
        if (!node.Anchor.IsEmpty)
        {
            return Refuse(node, "has an anchor, expected a plain value");
        }

        if (!node.Tag.IsEmpty)
        {
            return Refuse(node, "has a tag, expected a plain value");
        }

        if (depth > MaximumDepth)
        {
            return Refuse(node, string.Create(CultureInfo.InvariantCulture, $"is nested too deeply, expected at most {MaximumDepth} levels"));
        }

        if (++nodes > MaximumNodes)
        {
            return Refuse(node, string.Create(CultureInfo.InvariantCulture, $"has too many values, expected at most {MaximumNodes}"));
        }

        return node switch
        {
            Scalar { Value.Length: > MaximumScalarLength } => Refuse(node, string.Create(CultureInfo.InvariantCulture, $"has a value that is too long, expected at most {MaximumScalarLength} characters")),
            Scalar scalar => new YamlScalar(At(scalar.Start), scalar.Value, scalar.Style == ScalarStyle.Plain),
            MappingStart start => ReadMapping(start, depth),
            _ => ReadSequence(node, depth),
        };
    }

    private YamlMapping? ReadMapping(MappingStart start, int depth)
    {
        YamlMapping mapping = new(At(start.Start));
        while (!parser.TryConsume<MappingEnd>(out MappingEnd? _))
        {
            if (ReadNode(depth + 1) is not { } keyNode)
            {
                return null;
            }

            if (keyNode is not YamlScalar { Text: var key })
            {
                faults.Add(new RecipeFault(keyNode.Position, "", $"has {keyNode.Describe()} as a key, expected a name"));
                return null;
            }

            if (ReadNode(depth + 1) is not { } value)
            {
                return null;
            }

            if (mapping.Find(key) is { } first)
            {
                string where = string.Create(CultureInfo.InvariantCulture, $"first in line {first.Position.Line}");
                faults.Add(new RecipeFault(keyNode.Position, key, $"{YamlNode.Quote(key)} is given twice, {where}"));
            }
            else
            {
                mapping.Set(new YamlEntry(key, keyNode.Position, value));
            }
        }

        return mapping;
    }

    private YamlSequence? ReadSequence(NodeEvent start, int depth)
    {
        List<YamlNode> items = [];
        while (!parser.TryConsume<SequenceEnd>(out SequenceEnd? _))
        {
            if (ReadNode(depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return new YamlSequence(At(start.Start), items);
    }

    private YamlNode? Refuse(ParsingEvent at, string problem)
    {
        faults.Add(new RecipeFault(At(at.Start), "", problem));
        return null;
    }

    private RecipePosition At(Mark mark) => new(source, hasLines ? (int)mark.Line : 0);
}
