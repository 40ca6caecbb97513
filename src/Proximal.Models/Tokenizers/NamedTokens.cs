using System.Text.Json;
using Proximal.Models.Files;

namespace Proximal.Models.Tokenizers;

/// <summary>The tokens that <c>tokenizer_config.json</c> names for begin, end and padding.</summary>
internal sealed record NamedTokens(int? Begin, int? End, int? Padding)
{
    public static NamedTokens Read(string folder, TokenizerFiles files, IReadOnlyDictionary<string, int> tokenOfText)
    {
        if (files.Find(TokenizerFiles.Configuration) is not { } content)
        {
            return new NamedTokens(null, null, null);
        }

        string path = Path.Combine(folder, TokenizerFiles.Configuration);
        using JsonDocument document = JsonFile.Parse(path, content);
        JsonFields fields = new(path, document.RootElement);
        return new NamedTokens(Find(fields, "bos_token", tokenOfText), Find(fields, "eos_token", tokenOfText), Find(fields, "pad_token", tokenOfText));
    }

    // Either the text itself or an object that holds it.
    private static int? Find(JsonFields fields, string key, IReadOnlyDictionary<string, int> tokenOfText)
    {
        if (!fields.Has(key))
        {
            return null;
        }

        string text = fields.Find(key)!.Value.ValueKind == JsonValueKind.Object ? fields.ObjectOrNull(key)!.Value.Text("content") : fields.Text(key);
        return tokenOfText.TryGetValue(text, out int token) ? token : throw fields.Fault(key, text, "a token of the vocabulary");
    }
}
