using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Proximal.Models.Tokenizers;

/// <summary>The files of a <see cref="SymbolTokenizer"/>, as Hugging Face tokenizers reads them.</summary>
internal static class SymbolTokenizerWriter
{
    /// <summary>The pattern that makes every character a word of its own.</summary>
    public const string CharacterPattern = "[\\s\\S]";

    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TokenizerFiles Files(IReadOnlyList<(string Text, bool IsSpecial)> symbols, string? begin, string? end, string? padding) =>
        new(ImmutableSortedDictionary.CreateRange(
            StringComparer.Ordinal,
            [
                KeyValuePair.Create(TokenizerFiles.Tokenizer, Write(json => WriteTokenizer(json, symbols, begin))),
                KeyValuePair.Create(TokenizerFiles.Configuration, Write(json => WriteConfiguration(json, begin, end, padding))),
            ]));

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteTokenizer(Utf8JsonWriter json, IReadOnlyList<(string Text, bool IsSpecial)> symbols, string? begin)
    {
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");
        WriteAddedTokens(json, symbols);
        json.WriteNull("normalizer");
        json.WriteStartObject("pre_tokenizer");
        json.WriteString("type", "Split");
        json.WriteStartObject("pattern");
        json.WriteString("Regex", CharacterPattern);
        json.WriteEndObject();
        json.WriteString("behavior", "Isolated");
        json.WriteBoolean("invert", false);
        json.WriteEndObject();
        if (begin is null)
        {
            json.WriteNull("post_processor");
        }
        else
        {
            WriteTemplate(json, begin, symbols.Select(symbol => symbol.Text).ToList().IndexOf(begin));
        }

        json.WriteStartObject("decoder");
        json.WriteString("type", "Fuse");
        json.WriteEndObject();
        WriteModel(json, symbols);
    }

    private static void WriteAddedTokens(Utf8JsonWriter json, IReadOnlyList<(string Text, bool IsSpecial)> symbols)
    {
        json.WriteStartArray("added_tokens");
        for (int token = 0; token < symbols.Count; token++)
        {
            if (symbols[token].IsSpecial)
            {
                json.WriteStartObject();
                json.WriteNumber("id", token);
                json.WriteString("content", symbols[token].Text);
                json.WriteBoolean("single_word", false);
                json.WriteBoolean("lstrip", false);
                json.WriteBoolean("rstrip", false);
                json.WriteBoolean("normalized", false);
                json.WriteBoolean("special", true);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteModel(Utf8JsonWriter json, IReadOnlyList<(string Text, bool IsSpecial)> symbols)
    {
        json.WriteStartObject("model");
        json.WriteString("type", "WordLevel");
        json.WriteStartObject("vocab");
        for (int token = 0; token < symbols.Count; token++)
        {
            json.WriteNumber(symbols[token].Text, token);
        }

        json.WriteEndObject();

        // The format requires a name here; the vocabulary has no such token, so that unknown characters are an error there as here.
        json.WriteString("unk_token", "<unk>");
        json.WriteEndObject();
    }

    private static void WriteTemplate(Utf8JsonWriter json, string begin, int token)
    {
        json.WriteStartObject("post_processor");
        json.WriteString("type", "TemplateProcessing");
        json.WriteStartArray("single");
        WritePiece(json, "SpecialToken", begin, 0);
        WritePiece(json, "Sequence", "A", 0);
        json.WriteEndArray();
        json.WriteStartArray("pair");
        WritePiece(json, "SpecialToken", begin, 0);
        WritePiece(json, "Sequence", "A", 0);
        WritePiece(json, "Sequence", "B", 1);
        json.WriteEndArray();
        json.WriteStartObject("special_tokens");
        json.WriteStartObject(begin);
        json.WriteString("id", begin);
        json.WriteStartArray("ids");
        json.WriteNumberValue(token);
        json.WriteEndArray();
        json.WriteStartArray("tokens");
        json.WriteStringValue(begin);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePiece(Utf8JsonWriter json, string kind, string id, int type)
    {
        json.WriteStartObject();
        json.WriteStartObject(kind);
        json.WriteString("id", id);
        json.WriteNumber("type_id", type);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteConfiguration(Utf8JsonWriter json, string? begin, string? end, string? padding)
    {
        json.WriteString("tokenizer_class", "PreTrainedTokenizerFast");
        json.WriteString("bos_token", begin);
        json.WriteString("eos_token", end);
        json.WriteString("pad_token", padding);
        json.WriteBoolean("clean_up_tokenization_spaces", false);
    }
}
