using System.Text.Json;
using Proximal.Models.Files;

namespace Proximal.Models.Tokenizers;

/// <summary>The tokens that <c>post_processor</c> puts before and after a text.</summary>
internal sealed record PromptTemplate(int[] Prefix, int[] Suffix)
{
    private const int MostPieces = 64;

    public static PromptTemplate None { get; } = new([], []);

    public int[] Apply(int[] tokens) => [.. Prefix, .. tokens, .. Suffix];

    public static PromptTemplate Read(string file, JsonFields fields) =>
        fields.ObjectOrNull("post_processor") is { } processor ? Read(file, processor, isInner: false) : None;

    private static PromptTemplate Read(string file, JsonFields processor, bool isInner)
    {
        string type = processor.Text("type");
        switch (type)
        {
            case "ByteLevel":
                return None;
            case "TemplateProcessing":
                return ReadTemplate(file, processor);
            case "Sequence" when !isInner && processor.ListOrNull("processors") is { } list:
                PromptTemplate found = None;
                foreach (JsonElement element in list.EnumerateArray())
                {
                    PromptTemplate inner = element.ValueKind == JsonValueKind.Object
                        ? Read(file, new JsonFields(file, element, "post_processor.processors."), isInner: true)
                        : throw processor.Fault("processors", element, "objects");
                    found = new PromptTemplate([.. inner.Prefix, .. found.Prefix], [.. found.Suffix, .. inner.Suffix]);
                }

                return found;
            default:
                throw processor.Fault("type", type, "\"ByteLevel\", \"TemplateProcessing\" or a \"Sequence\" of them");
        }
    }

    private static PromptTemplate ReadTemplate(string file, JsonFields processor)
    {
        JsonElement single = processor.ListOrNull("single") ?? throw processor.Missing("single");
        JsonFields specials = processor.ObjectOrNull("special_tokens") ?? throw processor.Missing("special_tokens");
        if (single.GetArrayLength() > MostPieces)
        {
            throw processor.Fault("single", single, $"at most {MostPieces} pieces");
        }

        List<int> prefix = [];
        List<int> suffix = [];
        bool textSeen = false;
        foreach (JsonElement element in single.EnumerateArray())
        {
            JsonFields piece = element.ValueKind == JsonValueKind.Object
                ? new JsonFields(file, element, "post_processor.single.")
                : throw processor.Fault("single", element, "objects");
            if (piece.ObjectOrNull("SpecialToken") is { } special)
            {
                string id = special.Text("id");
                JsonFields token = specials.ObjectOrNull(id) ?? throw specials.Missing(id);
                (textSeen ? suffix : prefix).AddRange(token.Integers("ids", 0, TokenTable.MaximumTokens - 1, MostPieces));
            }
            else if (piece.Has("Sequence") && !textSeen)
            {
                textSeen = true;
            }
            else
            {
                throw processor.Fault("single", element, "special tokens and one sequence");
            }
        }

        return new PromptTemplate([.. prefix], [.. suffix]);
    }
}
