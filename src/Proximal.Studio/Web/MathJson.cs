using System.Text.Json;
using System.Xml;

namespace Proximal.Studio.Web;

/// <summary>
/// MathML as arrays, <c>["mi", {}, "x"]</c>, out of which the page makes elements: it makes no markup out of text. Only elements and attributes of
/// presentation pass.
/// </summary>
internal static class MathJson
{
    private const int Deepest = 64;

    private static readonly HashSet<string> Elements =
    [
        "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "msub", "msup", "msubsup", "mfrac", "msqrt", "mroot", "mover", "munder", "munderover", "mtable", "mtr", "mtd", "mstyle", "mpadded",
    ];

    private static readonly HashSet<string> Attributes =
    [
        "display", "displaystyle", "mathvariant", "stretchy", "fence", "separator", "form", "accent", "largeop", "movablelimits", "columnalign", "width", "lspace", "rspace", "linethickness",
    ];

    /// <summary>Writes an element.</summary>
    /// <param name="json">Where it is written to.</param>
    /// <param name="markup">MathML.</param>
    public static void Write(Utf8JsonWriter json, string markup)
    {
        using XmlReader reader = XmlReader.Create(new StringReader(markup), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        reader.MoveToContent();
        Write(json, reader, 0);
    }

    private static void Write(Utf8JsonWriter json, XmlReader reader, int depth)
    {
        bool isKnown = depth < Deepest && Elements.Contains(reader.LocalName), isEmpty = reader.IsEmptyElement;
        json.WriteStartArray();
        json.WriteStringValue(isKnown ? reader.LocalName : "mrow");
        json.WriteStartObject();
        while (reader.MoveToNextAttribute())
        {
            if (Attributes.Contains(reader.Name))
            {
                json.WriteString(reader.Name, reader.Value);
            }
        }

        json.WriteEndObject();
        while (!isEmpty && reader.Read() && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                Write(json, reader, depth + 1);
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace)
            {
                json.WriteStringValue(reader.Value);
            }
        }

        json.WriteEndArray();
    }
}
