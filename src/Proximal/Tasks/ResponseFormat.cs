using System.Buffers;
using System.Text;
using System.Text.Json;
using static Proximal.Tasks.SuiteVocabulary;

namespace Proximal.Tasks;

/// <summary>Writes responses of the suites in a style and takes them apart again.</summary>
internal static class ResponseFormat
{
    public const string FinalMarker = "final is ";
    public const string PlanMarker = "p:";
    public const string CheckMarker = "check:";
    public const string FactsMarker = "facts:";

    /// <summary>Longer responses are not read: no demonstration comes near.</summary>
    public const int MaximumCharacters = 1 << 16;

    public static string Compose(ResponseStyle style, ThoughtSkeleton skeleton, string thought, IEnumerable<string> steps, string answer) => style switch
    {
        ResponseStyle.Bare => answer,
        ResponseStyle.Json => ComposeJson(steps, answer),
        _ when skeleton == ThoughtSkeleton.FinalIs => thought.Length == 0 ? FinalMarker + answer : $"{thought};{FinalMarker}{answer}",
        _ => $"{Think}{thought}{EndThink}{Answer}{answer}{EndAnswer}",
    };

    public static ParsedResponse Parse(ResponseStyle style, ThoughtSkeleton skeleton, string text, bool ended, bool strict)
    {
        ParsedResponse parsed = style switch
        {
            ResponseStyle.Bare => ParseBare(text),
            ResponseStyle.Json => ParseJson(text),
            _ when skeleton == ThoughtSkeleton.FinalIs => ParseFinalIs(text),
            _ => ParseTagged(text),
        };
        bool formatOk = parsed.FormatOk && ended;
        return new ParsedResponse(formatOk, parsed.Thought, strict && !formatOk ? null : parsed.Answer);
    }

    /// <summary>Takes a response apart before its answer and puts the gold one there; null where it comes to none.</summary>
    public static SplitResponse? Split(ResponseStyle style, ThoughtSkeleton skeleton, string text, string gold)
    {
        switch (style)
        {
            case ResponseStyle.Bare:
                return new SplitResponse("", gold);
            case ResponseStyle.Json:
                return null;
            case var _ when skeleton == ThoughtSkeleton.FinalIs:
                int marker = text.IndexOf(FinalMarker, StringComparison.Ordinal);
                return marker < 0 ? null : new SplitResponse(text[..marker], FinalMarker + gold);
        }

        int end = text.IndexOf(EndThink, StringComparison.Ordinal);
        return end >= Think.Length && text.StartsWith(Think, StringComparison.Ordinal) && HasNoStructure(text[Think.Length..end])
            ? new SplitResponse(text[..(end + EndThink.Length)], Answer + gold + EndAnswer)
            : null;
    }

    private static ParsedResponse ParseBare(string text) => new(!SpecialTokens.Any(token => text.Contains(token, StringComparison.Ordinal)), null, text);

    private static ParsedResponse ParseFinalIs(string text)
    {
        int marker = text.LastIndexOf(FinalMarker, StringComparison.Ordinal);
        if (marker < 0)
        {
            return new ParsedResponse(false, text, null);
        }

        bool once = text.IndexOf(FinalMarker, StringComparison.Ordinal) == marker;
        return new ParsedResponse(once, text[..marker].TrimEnd(';'), text[(marker + FinalMarker.Length)..]);
    }

    private static ParsedResponse ParseTagged(string text)
    {
        int think = text.IndexOf(Think, StringComparison.Ordinal), endThink = text.IndexOf(EndThink, StringComparison.Ordinal);
        string? thought = think >= 0 && endThink > think ? text[(think + Think.Length)..endThink] : null;
        int endAnswer = text.LastIndexOf(EndAnswer, StringComparison.Ordinal);
        int answer = endAnswer < 0 ? -1 : text.LastIndexOf(Answer, endAnswer, StringComparison.Ordinal);
        if (answer < 0)
        {
            return new ParsedResponse(false, thought, null);
        }

        string content = text[(answer + Answer.Length)..endAnswer];
        bool exact = thought is not null && think == 0 && answer == endThink + EndThink.Length && endAnswer + EndAnswer.Length == text.Length
            && HasNoStructure(thought) && HasNoStructure(content);
        return new ParsedResponse(exact, thought, content);
    }

    private static bool HasNoStructure(string text) =>
        !text.Contains(Think, StringComparison.Ordinal) && !text.Contains(EndThink, StringComparison.Ordinal)
        && !text.Contains(Answer, StringComparison.Ordinal) && !text.Contains(EndAnswer, StringComparison.Ordinal);

    private static string ComposeJson(IEnumerable<string> steps, string answer)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        writer.WriteStartArray("steps");
        foreach (string step in steps)
        {
            writer.WriteStringValue(step);
        }

        writer.WriteEndArray();
        writer.WriteString("answer", answer);
        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static ParsedResponse ParseJson(string text)
    {
        ParsedResponse unreadable = new(false, null, null);
        if (!StrictJson.TryParseObject(text, out JsonDocument? document, out _))
        {
            return unreadable;
        }

        using (document)
        {
            if (!document.RootElement.TryGetProperty("answer", out JsonElement answer))
            {
                return unreadable;
            }

            bool hasSteps = document.RootElement.TryGetProperty("steps", out JsonElement steps) && steps.ValueKind == JsonValueKind.Array;
            bool exact = hasSteps && document.RootElement.GetPropertyCount() == 2 && steps.EnumerateArray().All(step => step.ValueKind == JsonValueKind.String);
            string? thought = exact ? string.Join(';', steps.EnumerateArray().Select(step => step.GetString())) : null;
            return new ParsedResponse(exact, thought, answer.ValueKind == JsonValueKind.String ? answer.GetString() : answer.GetRawText());
        }
    }
}
