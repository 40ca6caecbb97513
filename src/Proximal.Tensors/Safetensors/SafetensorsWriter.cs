using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using Proximal.Tensors.Files;

namespace Proximal.Tensors.Safetensors;

/// <summary>
/// Writes safetensors files, whole or not at all. The order of the tensors is that of the reference implementation, widest type first and then
/// by name, so the same tensors give the same bytes.
/// </summary>
public static class SafetensorsWriter
{
    private const int HeaderAlignment = 8;

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="contents">The tensors, in any order.</param>
    /// <param name="metadata">Strings for <c>__metadata__</c>; none writes no such entry.</param>
    /// <exception cref="ArgumentException">Two tensors of one name, the reserved name <c>__metadata__</c>, or a header beyond 100 MB.</exception>
    /// <exception cref="IOException">The disk is full or the folder not writable.</exception>
    public static void Write(string path, IEnumerable<SafetensorsContent> contents, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(contents);
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("safetensors files are written on little-endian processors only.");
        }

        SafetensorsContent[] ordered = [.. contents
            .OrderByDescending(content => content.Type.ByteSize())
            .ThenBy(content => content.Type)
            .ThenBy(content => content.Name, StringComparer.Ordinal)];
        ReadOnlyMemory<byte> header = Header(ordered, metadata);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header.Span);
            foreach (SafetensorsContent content in ordered)
            {
                content.WriteTo(stream);
            }
        });
    }

    private static ReadOnlyMemory<byte> Header(SafetensorsContent[] contents, IReadOnlyDictionary<string, string>? metadata)
    {
        ArrayBufferWriter<byte> buffer = new();
        buffer.Write(new byte[SafetensorsHeader.PrefixBytes]);
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            HashSet<string> names = [];
            long offset = 0;
            foreach (SafetensorsContent content in contents)
            {
                if (content.Name == SafetensorsHeader.MetadataKey || !names.Add(content.Name))
                {
                    throw new ArgumentException($"Tensor name \"{content.Name}\" is taken, expected a name of its own for each tensor.", nameof(contents));
                }

                WriteEntry(json, content, offset);
                offset += content.ByteLength;
            }

            json.WriteEndObject();
        }

        while (buffer.WrittenCount % HeaderAlignment != 0)
        {
            buffer.Write(" "u8);
        }

        int length = buffer.WrittenCount - SafetensorsHeader.PrefixBytes;
        if (length > SafetensorsHeader.MaximumBytes)
        {
            throw new ArgumentException($"The header has {length} bytes, expected at most {SafetensorsHeader.MaximumBytes}.", nameof(contents));
        }

        byte[] bytes = buffer.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)length);
        return bytes;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is not { Count: > 0 })
        {
            return;
        }

        json.WriteStartObject(SafetensorsHeader.MetadataKey);
        foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, SafetensorsContent content, long offset)
    {
        json.WriteStartObject(content.Name);
        json.WriteString("dtype", content.Type.FormatName());
        json.WriteStartArray("shape");
        foreach (long size in content.Shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + content.ByteLength);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
