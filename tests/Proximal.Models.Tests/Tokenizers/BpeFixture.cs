using System.Text.Json.Nodes;
using Proximal.Models.Tokenizers;

namespace Proximal.Models.Tests.Tokenizers;

/// <summary>
/// A small byte-level BPE: ids 0 to 255 are the bytes, then the results of the merges in order, then the added tokens. In the byte alphabet
/// <c>\u0120</c> stands for a space.
/// </summary>
internal static class BpeFixture
{
    public const string Llama3Pattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    public static readonly string[] Merges = ["h e", "l l", "he ll", "hell o", "\u0120 w", "o r", "\u0120w or", "l d", "\u00C3 \u00A9"];

    public const int He = 256, Ll = 257, Hell = 258, Hello = 259, SpaceW = 260, Or = 261, SpaceWor = 262, Ld = 263, EAcute = 264, End = 265, Turn = 266;

    public static JsonObject Json()
    {
        JsonObject vocabulary = [];
        for (int value = 0; value < 256; value++)
        {
            vocabulary[Character((byte)value).ToString()] = value;
        }

        foreach (string merge in Merges)
        {
            vocabulary[merge.Replace(" ", "", StringComparison.Ordinal)] = vocabulary.Count;
        }

        return new JsonObject
        {
            ["added_tokens"] = new JsonArray(Added(End, "<|end|>", true), Added(Turn, "<|end|>turn", false)),
            ["normalizer"] = null,
            ["pre_tokenizer"] = ByteLevel(useRegex: true),
            ["post_processor"] = null,
            ["decoder"] = new JsonObject { ["type"] = "ByteLevel" },
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["vocab"] = vocabulary,
                ["merges"] = new JsonArray([.. Merges.Select(merge => (JsonNode)merge)]),
            },
        };
    }

    public static JsonObject ByteLevel(bool useRegex) =>
        new() { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = useRegex };

    public static JsonObject Llama3PreTokenizer() => new()
    {
        ["type"] = "Sequence",
        ["pretokenizers"] = new JsonArray(
            new JsonObject { ["type"] = "Split", ["pattern"] = new JsonObject { ["Regex"] = Llama3Pattern }, ["behavior"] = "Isolated", ["invert"] = false },
            ByteLevel(useRegex: false)),
    };

    public static ITokenizer Load(JsonObject json, TemporaryFolder folder, string? configuration = null)
    {
        File.WriteAllText(folder.File("tokenizer.json"), json.ToJsonString());
        if (configuration is not null)
        {
            File.WriteAllText(folder.File("tokenizer_config.json"), configuration);
        }

        return TokenizerFolder.Load(folder.Path);
    }

    // Written apart from the product: the table as GPT-2's encoder.py makes it.
    private static char Character(byte value)
    {
        List<int> printable = [.. Enumerable.Range('!', '~' - '!' + 1), .. Enumerable.Range('¡', '¬' - '¡' + 1), .. Enumerable.Range('®', 'ÿ' - '®' + 1)];
        return printable.Contains(value) ? (char)value : (char)(256 + Enumerable.Range(0, value).Count(other => !printable.Contains(other)));
    }

    private static JsonObject Added(int id, string content, bool special) => new() { ["id"] = id, ["content"] = content, ["special"] = special };
}
