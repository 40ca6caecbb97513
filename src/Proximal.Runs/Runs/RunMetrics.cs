using System.Text.Json;

namespace Proximal.Runs;

/// <summary>The metrics of one step or evaluation, as the run logged them.</summary>
/// <param name="Stage">Stage of the run.</param>
/// <param name="Step">Finished steps of the stage.</param>
/// <param name="Metrics">Named numbers; NaN where one was not finite.</param>
public sealed record RunMetrics(TrainingStage Stage, int Step, IReadOnlyList<Metric> Metrics)
{
    /// <summary>The value of a metric, or NaN where there is none of that name.</summary>
    public double this[string name]
    {
        get
        {
            foreach (Metric metric in Metrics)
            {
                if (metric.Name == name)
                {
                    return metric.Value;
                }
            }

            return double.NaN;
        }
    }

    /// <summary>Reads a line of <c>metrics.jsonl</c>.</summary>
    /// <exception cref="JsonException">The line is not an object of a stage, a step and numbers.</exception>
    internal static RunMetrics Parse(ReadOnlySpan<byte> line)
    {
        Utf8JsonReader json = new(line);
        TrainingStage? stage = null;
        int? step = null;
        List<Metric> metrics = [];
        json.Read();
        Require(json.TokenType == JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string name = json.GetString()!;
            json.Read();
            switch (name)
            {
                case "stage":
                    Require(json.TokenType == JsonTokenType.String);
                    Require(Enum.TryParse(json.GetString(), ignoreCase: true, out TrainingStage parsed) && Enum.IsDefined(parsed));
                    stage = parsed;
                    break;
                case "step":
                    Require(json.TokenType == JsonTokenType.Number && json.TryGetInt32(out int number) && number >= 0);
                    step = json.GetInt32();
                    break;
                default:
                    Require(json.TokenType is JsonTokenType.Number or JsonTokenType.Null);
                    metrics.Add(new Metric(name, json.TokenType == JsonTokenType.Null ? double.NaN : json.GetDouble()));
                    break;
            }
        }

        Require(json.TokenType == JsonTokenType.EndObject && stage is not null && step is not null);
        return new RunMetrics(stage!.Value, step!.Value, metrics);
    }

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new JsonException("expected an object with a stage, a step and numbers");
        }
    }
}
