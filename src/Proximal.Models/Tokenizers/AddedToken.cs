using System.Text.Json;
using Proximal.Models.Files;

namespace Proximal.Models.Tokenizers;

/// <summary>An entry of <c>added_tokens</c>: a text that becomes one token before anything else looks at it.</summary>
internal readonly record struct AddedToken(int Id, string Content, bool IsSpecial)
{
    private const int MostTokens = 1 << 17;

    private static readonly string[] UnsupportedFlags = ["lstrip", "rstrip", "single_word"];

    public static IReadOnlyList<AddedToken> Read(string file, JsonFields fields)
    {
        if (fields.ListOrNull("added_tokens") is not { } list)
        {
            return [];
        }

        if (list.GetArrayLength() > MostTokens)
        {
            throw fields.Fault("added_tokens", $"{list.GetArrayLength()} entries", $"at most {MostTokens}");
        }

        List<AddedToken> tokens = [];
        HashSet<string> seen = [];
        foreach (JsonElement element in list.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                throw fields.Fault("added_tokens", element, "objects");
            }

            JsonFields entry = new(file, element, "added_tokens.");
            string content = entry.Text("content");
            if (content.Length == 0 || !seen.Add(content))
            {
                throw entry.Fault("content", content, "a text of its own for each token");
            }

            foreach (string flag in UnsupportedFlags)
            {
                if (entry.Flag(flag, absent: false))
                {
                    throw entry.Fault(flag, $"true of {content}", "false: tokens that take in the space around them are not supported");
                }
            }

            tokens.Add(new AddedToken(entry.Integer("id", 0, TokenTable.MaximumTokens - 1), content, entry.Flag("special", absent: false)));
        }

        return tokens;
    }
}
