using System.Buffers;
using System.Text.Json;
using Proximal.Models.Configuration;
using Proximal.Tensors.Files;

namespace Proximal.Models.Checkpoints;

/// <summary>Writes <c>generation_config.json</c>: the tokens that other software needs to begin and end a generation.</summary>
internal static class GenerationConfiguration
{
    private const string FileName = "generation_config.json";
    private const string VersionKey = "transformers_version";

    public static void Write(string folder, LlamaConfiguration configuration)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteBoolean("_from_model_config", true);
            if (configuration.BeginOfSequence is { } begin)
            {
                json.WriteNumber("bos_token_id", begin);
            }

            WriteEnd(json, configuration.EndOfSequence);
            if (configuration.Padding is { } padding)
            {
                json.WriteNumber("pad_token_id", padding);
            }

            if (configuration.Original.TryGetValue(VersionKey, out string? version))
            {
                json.WritePropertyName(VersionKey);
                json.WriteRawValue(version);
            }

            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        AtomicFile.WriteBytes(Path.Combine(folder, FileName), buffer.WrittenMemory);
    }

    private static void WriteEnd(Utf8JsonWriter json, IReadOnlyList<int> tokens)
    {
        if (tokens.Count == 1)
        {
            json.WriteNumber("eos_token_id", tokens[0]);
        }
        else if (tokens.Count > 1)
        {
            json.WriteStartArray("eos_token_id");
            foreach (int token in tokens)
            {
                json.WriteNumberValue(token);
            }

            json.WriteEndArray();
        }
    }
}
