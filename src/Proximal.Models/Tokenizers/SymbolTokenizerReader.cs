using System.Text;
using System.Text.Json;
using Proximal.Models.Files;

namespace Proximal.Models.Tokenizers;

/// <summary>Reads the files that <see cref="SymbolTokenizerWriter"/> writes.</summary>
internal static class SymbolTokenizerReader
{
    private const int MostSymbols = 1 << 17;

    public static SymbolTokenizer Read(string folder, JsonFields fields, JsonFields model, TokenizerFiles files)
    {
        string path = Path.Combine(folder, TokenizerFiles.Tokenizer);
        CheckPreTokenizer(fields);
        if (fields.Has("normalizer"))
        {
            throw fields.Fault("normalizer", fields.Find("normalizer")!.Value, "null for a WordLevel tokenizer of symbols");
        }

        HashSet<string> specials = [.. AddedToken.Read(path, fields).Select(token => token.Content)];
        Dictionary<string, int> tokenOfText = new(StringComparer.Ordinal);
        string[] texts = Vocabulary(model, tokenOfText);
        foreach (string text in texts)
        {
            if (!specials.Contains(text) && (text.Length == 0 || Rune.GetRuneAt(text, 0).Utf16SequenceLength != text.Length))
            {
                throw model.Fault("vocab", text, "single characters beside the added tokens");
            }
        }

        foreach (string special in specials)
        {
            if (!tokenOfText.ContainsKey(special))
            {
                throw model.Fault("vocab", special, "all added tokens in the vocabulary");
            }
        }

        NamedTokens named = NamedTokens.Read(folder, files, tokenOfText);
        PromptTemplate template = PromptTemplate.Read(path, fields);
        int[] expected = named.Begin is { } begin ? [begin] : [];
        if (!template.Prefix.AsSpan().SequenceEqual(expected) || template.Suffix.Length > 0)
        {
            throw new ModelFormatException(path, "post_processor adds other tokens than bos_token before the text, expected that one alone.");
        }

        string? Text(int? token) => token is { } id ? texts[id] : null;
        try
        {
            return new SymbolTokenizer(
                [.. texts.Select(text => (text, specials.Contains(text)))], Text(named.Begin), Text(named.End), Text(named.Padding), files);
        }
        catch (ArgumentException cause)
        {
            throw new ModelFormatException(path, cause.Message.ReplaceLineEndings(" "), cause);
        }
    }

    private static string[] Vocabulary(JsonFields model, Dictionary<string, int> tokenOfText)
    {
        if (model.ObjectOrNull("vocab") is not { } vocabulary)
        {
            throw model.Missing("vocab");
        }

        JsonElement element = model.Find("vocab")!.Value;
        int count = element.GetPropertyCount();
        if (count is 0 or > MostSymbols)
        {
            throw model.Fault("vocab", $"{count} entries", $"1 to {MostSymbols}");
        }

        string?[] texts = new string[count];
        foreach (JsonProperty entry in element.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.Number
                || !entry.Value.TryGetInt32(out int token)
                || (uint)token >= (uint)count
                || texts[token] is not null)
            {
                throw vocabulary.Fault(entry.Name, entry.Value, $"an id of its own for each symbol, from 0 to {count - 1}");
            }

            texts[token] = entry.Name;
            tokenOfText.Add(entry.Name, token);
        }

        return texts!;
    }

    private static void CheckPreTokenizer(JsonFields fields)
    {
        JsonFields splitter = fields.ObjectOrNull("pre_tokenizer") ?? throw fields.Missing("pre_tokenizer");
        bool splitsCharacters = splitter.Text("type") == "Split"
            && splitter.Text("behavior") == "Isolated"
            && !splitter.Flag("invert", absent: false)
            && splitter.ObjectOrNull("pattern")?.TextOrNull("Regex") == SymbolTokenizerWriter.CharacterPattern;
        if (!splitsCharacters)
        {
            throw fields.Fault(
                "pre_tokenizer", fields.Find("pre_tokenizer")!.Value, $"a Split into characters by the regex {SymbolTokenizerWriter.CharacterPattern} for a WordLevel tokenizer");
        }
    }
}
