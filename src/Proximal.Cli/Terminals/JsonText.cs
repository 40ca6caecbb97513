using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Proximal.Cli.Terminals;

/// <summary>JSON for machines. Everything outside ASCII is escaped, so the text is also safe on a terminal.</summary>
internal static class JsonText
{
    /// <summary>Writes one value over several lines.</summary>
    public static void WriteIndented(TextWriter output, Action<Utf8JsonWriter> write) => Write(output, write, new JsonWriterOptions { Indented = true });

    /// <summary>Writes one value on one line.</summary>
    public static void WriteLine(TextWriter output, Action<Utf8JsonWriter> write) => Write(output, write, default);

    /// <summary>Writes a number, or null where it is not finite.</summary>
    public static void WriteFinite(this Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Write(TextWriter output, Action<Utf8JsonWriter> write, JsonWriterOptions options)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, options))
        {
            write(json);
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
        output.Flush();
    }
}
