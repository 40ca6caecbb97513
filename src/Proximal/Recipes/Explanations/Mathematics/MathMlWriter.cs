using System.Globalization;
using System.Text;

namespace Proximal.Recipes.Explanations.Mathematics;

/// <summary>Writes formulas as presentation MathML. Every text is escaped; characters that XML forbids become U+FFFD.</summary>
internal static class MathMlWriter
{
    /// <summary>A line of a formula; as text where it does not parse.</summary>
    public static void WriteLine(StringBuilder xml, string line)
    {
        if (FormulaParser.Parse(line) is { } row)
        {
            Write(xml, row);
        }
        else
        {
            WriteText(xml, line);
        }
    }

    /// <summary>Words.</summary>
    public static void WriteText(StringBuilder xml, string text) => WriteElement(xml, "mtext", text);

    private static void Write(StringBuilder xml, MathNode node)
    {
        switch (node)
        {
            case NumberNode number:
                WriteElement(xml, "mn", number.Text);
                break;
            case NameNode name:
                WriteElement(xml, "mi", name.Text);
                break;
            case LargeOperatorNode large:
                WriteElement(xml, "mo", large.Text);
                break;
            case OperatorNode sign:
                WriteElement(xml, sign.Text == "|" ? "mo stretchy=\"false\"" : "mo", sign.Text);
                break;
            case TextNode text:
                WriteText(xml, $"\u00A0{text.Text}\u00A0");
                break;
            case SpaceNode:
                xml.Append("<mspace width=\"1em\"/>");
                break;
            case ThinSpaceNode:
                xml.Append("<mspace width=\"0.17em\"/>");
                break;
            case RowNode row:
                WriteAround(xml, "mrow", [.. Spaced(row.Items)]);
                break;
            case HatNode hat:
                WriteAround(xml, "mover accent=\"true\"", hat.Base, new OperatorNode("^"));
                break;
            case FractionNode fraction:
                WriteAround(xml, "mfrac", fraction.Numerator, fraction.Denominator);
                break;
            case RootNode root:
                WriteAround(xml, "msqrt", root.Body);
                break;
            case ScriptNode { Base: LargeOperatorNode } script:
                WriteScript(xml, script, "munder", "mover", "munderover");
                break;
            case ScriptNode script:
                WriteScript(xml, script, "msub", "msup", "msubsup");
                break;
        }
    }

    /// <summary>Names of several letters stand apart from the factors beside them, as functions do; only their arguments in brackets follow at once.</summary>
    private static IEnumerable<MathNode> Spaced(IReadOnlyList<MathNode> items)
    {
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0 && items[i - 1].IsFactor && items[i].IsFactor && (IsWord(items[i]) || IsWord(items[i - 1])) && items[i] is not RowNode { Items: [OperatorNode, ..] })
            {
                yield return new ThinSpaceNode();
            }

            yield return items[i];
        }
    }

    private static bool IsWord(MathNode node) => node switch
    {
        NameNode name => name.Text.Length > 1,
        ScriptNode script => IsWord(script.Base),
        RowNode { Items: [var first, ..] } => IsWord(first),
        _ => false,
    };

    private static void WriteScript(StringBuilder xml, ScriptNode script, string below, string above, string both)
    {
        switch (script)
        {
            case { Below: { } low, Above: { } high }:
                WriteAround(xml, both, script.Base, low, high);
                break;
            case { Below: { } low }:
                WriteAround(xml, below, script.Base, low);
                break;
            case { Above: { } high }:
                WriteAround(xml, above, script.Base, high);
                break;
        }
    }

    private static void WriteAround(StringBuilder xml, string element, params MathNode[] children)
    {
        xml.Append('<').Append(element).Append('>');
        foreach (MathNode child in children)
        {
            Write(xml, child);
        }

        xml.Append("</").Append(element.Split(' ')[0]).Append('>');
    }

    private static void WriteElement(StringBuilder xml, string element, string text)
    {
        xml.Append('<').Append(element).Append('>');
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '<' => xml.Append("&lt;"),
                '>' => xml.Append("&gt;"),
                '&' => xml.Append("&amp;"),
                '"' => xml.Append("&quot;"),
                0xFFFE or 0xFFFF => xml.Append('\uFFFD'),
                _ when IsRefused(rune) => xml.Append('\uFFFD'),
                _ => xml.Append(rune.ToString()),
            };
        }

        xml.Append("</").Append(element.Split(' ')[0]).Append('>');
    }

    /// <summary>Control characters, and marks that turn the direction of the text around them.</summary>
    private static bool IsRefused(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;
}
