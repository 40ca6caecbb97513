using System.Text.Json;
using Proximal.Models.Files;

namespace Proximal.Models.Tokenizers;

/// <summary>Reads <see cref="ByteLevelBpeTokenizer"/> from <c>tokenizer.json</c> and refuses features that would give other tokens.</summary>
internal static class ByteLevelBpeReader
{
    private static readonly string[] UnsupportedAffixes = ["continuing_subword_prefix", "end_of_word_suffix"];

    public static ByteLevelBpeTokenizer Read(string folder, JsonFields fields, JsonFields model, TokenizerFiles files)
    {
        string path = Path.Combine(folder, TokenizerFiles.Tokenizer);
        CheckFeatures(fields, model);
        IReadOnlyList<AddedToken> added = AddedToken.Read(path, fields);
        Dictionary<string, int> tokenOfText = ReadVocabulary(model);
        BytePairVocabulary vocabulary = new(
            Table(model, tokenOfText, added),
            TokensOfBytes(model, tokenOfText),
            ReadMerges(model, tokenOfText),
            model.Flag("ignore_merges", absent: false) ? tokenOfText : null);
        Dictionary<string, int> named = new(tokenOfText, StringComparer.Ordinal);
        foreach (AddedToken token in added)
        {
            named[token.Content] = token.Id;
        }

        PromptTemplate template = PromptTemplate.Read(path, fields);
        foreach (int token in template.Prefix.Concat(template.Suffix))
        {
            if (token >= vocabulary.Table.Count)
            {
                throw fields.Fault("post_processor", $"token {token}", $"tokens below {vocabulary.Table.Count}");
            }
        }

        return new ByteLevelBpeTokenizer(
            vocabulary,
            PreTokenizer.Read(path, fields),
            added,
            template,
            NamedTokens.Read(folder, files, named),
            fields.Has("normalizer"),
            files);
    }

    private static void CheckFeatures(JsonFields fields, JsonFields model)
    {
        if (fields.ObjectOrNull("normalizer") is { } normalizer && normalizer.Text("type") is var type and not "NFC")
        {
            throw normalizer.Fault("type", type, "\"NFC\" or no normalizer");
        }

        if (fields.ObjectOrNull("decoder") is { } decoder && decoder.Text("type") is var decoding and not "ByteLevel")
        {
            throw decoder.Fault("type", decoding, "\"ByteLevel\"");
        }

        foreach (string affix in UnsupportedAffixes)
        {
            if (model.TextOrNull(affix) is { Length: > 0 } text)
            {
                throw model.Fault(affix, text, "none in a byte-level tokenizer");
            }
        }

        if (model.Flag("byte_fallback", absent: false))
        {
            throw model.Fault("byte_fallback", "true", "false: byte fallback belongs to tokenizers over characters");
        }

        if (model.NumberOrNull("dropout", 0, 1) is > 0)
        {
            throw model.Fault("dropout", model.Find("dropout")!.Value, "0: tokens must not be random");
        }
    }

    private static Dictionary<string, int> ReadVocabulary(JsonFields model)
    {
        JsonFields vocabulary = model.ObjectOrNull("vocab") ?? throw model.Missing("vocab");
        JsonElement element = model.Find("vocab")!.Value;
        if (element.GetPropertyCount() > TokenTable.MaximumTokens)
        {
            throw model.Fault("vocab", $"{element.GetPropertyCount()} entries", $"at most {TokenTable.MaximumTokens}");
        }

        Dictionary<string, int> tokenOfText = new(StringComparer.Ordinal);
        foreach (JsonProperty entry in element.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.Number || !entry.Value.TryGetInt32(out int token) || token < 0 || token >= TokenTable.MaximumTokens)
            {
                throw vocabulary.Fault(entry.Name, entry.Value, $"an integer from 0 to {TokenTable.MaximumTokens - 1}");
            }

            tokenOfText.Add(entry.Name, token);
        }

        return tokenOfText;
    }

    private static TokenTable Table(JsonFields model, Dictionary<string, int> tokenOfText, IReadOnlyList<AddedToken> added)
    {
        int largest = Math.Max(tokenOfText.Values.DefaultIfEmpty(-1).Max(), added.Select(token => token.Id).DefaultIfEmpty(-1).Max());
        TokenTable table = new(largest + 1);
        Dictionary<int, AddedToken> addedById = [];
        foreach (AddedToken token in added)
        {
            if (!addedById.TryAdd(token.Id, token))
            {
                throw model.Fault("added_tokens", $"id {token.Id} twice", "an id of its own for each token");
            }

            table.Set(token.Id, token.Content, token.IsSpecial);
        }

        foreach ((string text, int token) in tokenOfText)
        {
            if (addedById.TryGetValue(token, out AddedToken same) && same.Content == text)
            {
                continue;
            }

            if (table.IsTaken(token))
            {
                throw model.Fault("vocab", $"id {token} of {text} is taken", "an id of its own for each token");
            }

            table.Set(token, ByteAlphabet.Bytes(text) ?? throw model.Fault("vocab", text, "characters of the byte-level alphabet"), isSpecial: false);
        }

        return table;
    }

    private static int[] TokensOfBytes(JsonFields model, Dictionary<string, int> tokenOfText)
    {
        int[] tokens = new int[256];
        for (int value = 0; value < 256; value++)
        {
            string text = ByteAlphabet.Character((byte)value).ToString();
            tokens[value] = tokenOfText.TryGetValue(text, out int token)
                ? token
                : throw model.Fault("vocab", $"no token {text} for byte 0x{value:X2}", "a token for each of the 256 bytes");
        }

        return tokens;
    }

    private static Dictionary<(int Left, int Right), (int Rank, int Result)> ReadMerges(JsonFields model, Dictionary<string, int> tokenOfText)
    {
        JsonElement list = model.ListOrNull("merges") ?? throw model.Missing("merges");
        if (list.GetArrayLength() > TokenTable.MaximumTokens)
        {
            throw model.Fault("merges", $"{list.GetArrayLength()} entries", $"at most {TokenTable.MaximumTokens}");
        }

        Dictionary<(int Left, int Right), (int Rank, int Result)> merges = new(list.GetArrayLength());
        int rank = 0;
        foreach (JsonElement element in list.EnumerateArray())
        {
            (string left, string right) = Pair(model, element);
            if (!tokenOfText.TryGetValue(left, out int leftToken)
                || !tokenOfText.TryGetValue(right, out int rightToken)
                || !tokenOfText.TryGetValue(left + right, out int result))
            {
                throw model.Fault("merges", element, "both parts and the result in the vocabulary");
            }

            merges[(leftToken, rightToken)] = (rank++, result);
        }

        return merges;
    }

    // Older files write "a b", newer ones ["a", "b"].
    private static (string Left, string Right) Pair(JsonFields model, JsonElement element)
    {
        try
        {
            string[] parts = element.ValueKind switch
            {
                JsonValueKind.String => element.GetString()!.Split(' '),
                JsonValueKind.Array when element.GetArrayLength() == 2 => [element[0].GetString() ?? "", element[1].GetString() ?? ""],
                _ => [],
            };
            if (parts is [{ Length: > 0 } left, { Length: > 0 } right])
            {
                return (left, right);
            }
        }
        catch (InvalidOperationException)
        {
            // A part that is no string, or a lone surrogate in an escape: told below like any other wrong entry.
        }

        throw model.Fault("merges", element, "two tokens, as \"a b\" or [\"a\", \"b\"]");
    }
}
