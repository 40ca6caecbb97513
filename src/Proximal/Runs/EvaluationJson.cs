using System.Text.Json;
using Proximal.Training;

namespace Proximal.Runs;

/// <summary>Evaluations as JSON objects.</summary>
internal static class EvaluationJson
{
    public static void Write(Utf8JsonWriter json, EvaluationResult evaluation)
    {
        json.WriteStartObject();
        json.WriteString("label", evaluation.Label);
        json.WriteNumber("problems", evaluation.Problems);
        json.WriteNumber("samples", evaluation.Samples);
        json.WriteNumber("temperature", evaluation.Temperature);
        json.WriteNumber("exact", evaluation.Exact);
        json.WriteNumber("reward", evaluation.Reward);
        json.WriteNumber("response-tokens", evaluation.ResponseTokens);
        json.WriteNumber("truncated", evaluation.Truncated);
        json.WriteStartObject("counters");
        foreach ((string name, double value) in evaluation.Counters)
        {
            json.WriteNumber(name, value);
        }

        json.WriteEndObject();
        json.WriteStartArray("answers");
        foreach (SampleAnswer answer in evaluation.Answers)
        {
            json.WriteStartObject();
            json.WriteString("prompt", answer.Prompt);
            json.WriteString("response", answer.Response);
            json.WriteString("expected", answer.Expected);
            json.WriteBoolean("correct", answer.Correct);
            json.WriteNumber("reward", answer.Reward);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static EvaluationResult Read(JsonElement element) => new()
    {
        Label = element.GetProperty("label").GetString()!,
        Problems = element.GetProperty("problems").GetInt32(),
        Samples = element.GetProperty("samples").GetInt32(),
        Temperature = element.GetProperty("temperature").GetDouble(),
        Exact = element.GetProperty("exact").GetDouble(),
        Reward = element.GetProperty("reward").GetDouble(),
        ResponseTokens = element.GetProperty("response-tokens").GetDouble(),
        Truncated = element.GetProperty("truncated").GetDouble(),
        Counters = element.TryGetProperty("counters", out JsonElement counters)
            ? counters.EnumerateObject().ToDictionary(counter => counter.Name, counter => counter.Value.GetDouble(), StringComparer.Ordinal)
            : [],
        Answers =
        [
            .. element.GetProperty("answers").EnumerateArray().Select(answer => new SampleAnswer(
                answer.GetProperty("prompt").GetString()!,
                answer.GetProperty("response").GetString()!,
                answer.GetProperty("expected").GetString()!,
                answer.GetProperty("correct").GetBoolean(),
                answer.GetProperty("reward").GetSingle())),
        ],
    };
}
