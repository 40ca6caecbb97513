using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Proximal.Tasks;

/// <summary>Reads one JSON object from untrusted text: nothing after it, no duplicate keys, bounded depth, only text that can be decoded.</summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    public static bool TryParseObject(string text, [NotNullWhen(true)] out JsonDocument? document, [NotNullWhen(false)] out string? error) =>
        TryParseObject(Encoding.UTF8.GetBytes(text), out document, out error);

    public static bool TryParseObject(ReadOnlyMemory<byte> text, [NotNullWhen(true)] out JsonDocument? document, [NotNullWhen(false)] out string? error)
    {
        document = null;
        JsonDocument? parsed = null;
        try
        {
            parsed = JsonDocument.Parse(text, Options);
            if (parsed.RootElement.ValueKind != JsonValueKind.Object)
            {
                error = "not a JSON object";
                return false;
            }

            RequireDecodable(parsed.RootElement);
            (document, parsed, error) = (parsed, null, null);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is how the reader reports an escape that is half of a surrogate pair.
            error = "not valid JSON";
            return false;
        }
        finally
        {
            parsed?.Dispose();
        }
    }

    private static void RequireDecodable(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                {
                    RequireDecodable(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    _ = property.Name;
                    RequireDecodable(property.Value);
                }

                break;
            default:
                break;
        }
    }
}
