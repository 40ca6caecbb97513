using System.Text.Json;
using System.Text.Unicode;

namespace Proximal.Models.Files;

/// <summary>Reads JSON files of bounded size whose root is an object, without duplicate keys.</summary>
internal static class JsonFile
{
    private const int DeepestNesting = 32;

    /// <summary>Reads the bytes of a file.</summary>
    /// <exception cref="ModelFormatException">The file is larger than the limit.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static byte[] ReadBytes(string path, int limit)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (stream.Length > limit)
            {
                throw new ModelFormatException(path, $"{stream.Length} bytes, expected at most {limit}.");
            }

            byte[] content = new byte[stream.Length];
            stream.ReadExactly(content);
            return content;
        }
        catch (UnauthorizedAccessException cause)
        {
            throw new IOException($"{path}: cannot read, it is a folder or access is denied.", cause);
        }
    }

    /// <summary>Parses a file's content.</summary>
    /// <exception cref="ModelFormatException">Not a JSON object.</exception>
    public static JsonDocument Parse(string path, ReadOnlyMemory<byte> content)
    {
        ReadOnlyMemory<byte> json = content.Span.StartsWith("\uFEFF"u8) ? content[3..] : content;
        if (!Utf8.IsValid(json.Span))
        {
            throw new ModelFormatException(path, "not UTF-8, expected JSON in UTF-8.");
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = DeepestNesting });
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            throw new ModelFormatException(path, $"not valid JSON: {cause.Message.ReplaceLineEndings(" ")}", cause);
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        string kind = document.RootElement.ValueKind.ToString();
        document.Dispose();
        throw new ModelFormatException(path, $"the root is {kind}, expected an object.");
    }
}
