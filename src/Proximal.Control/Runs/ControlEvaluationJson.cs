using System.Text.Json;

namespace Proximal.Control.Runs;

/// <summary>Evaluations as JSON objects.</summary>
internal static class ControlEvaluationJson
{
    private const int MostEpisodes = 10_000;

    public static void Write(Utf8JsonWriter json, ControlEvaluation evaluation)
    {
        json.WriteStartObject();
        json.WriteString("label", evaluation.Label);
        json.WriteNumber("length", evaluation.Length);
        json.WriteStartArray("returns");
        foreach (double value in evaluation.Returns)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
        json.WriteStartObject("metrics");
        foreach ((string name, double mean) in evaluation.Metrics)
        {
            json.WriteNumber(name, mean);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static ControlEvaluation Read(JsonElement element)
    {
        JsonElement returns = element.GetProperty("returns");
        return returns.GetArrayLength() is > 0 and <= MostEpisodes
            ? new()
            {
                Label = element.GetProperty("label").GetString()!,
                Length = element.GetProperty("length").GetDouble(),
                Returns = [.. returns.EnumerateArray().Select(value => value.GetDouble())],
                Metrics = [.. element.GetProperty("metrics").EnumerateObject().Select(metric => (metric.Name, metric.Value.GetDouble()))],
            }
            : throw new FormatException($"evaluations.returns has {returns.GetArrayLength()} numbers, expected 1 to {MostEpisodes}");
    }
}
