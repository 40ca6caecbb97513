using System.Text.Json;
using Proximal.Runs;

namespace Proximal.Control.Runs;

/// <summary>Everything beside the learner that a resumed run must know.</summary>
internal sealed class ControlState
{
    private const long LargestFile = 256L << 20;

    /// <summary>Steps, and whether the run is finished.</summary>
    public RunPosition Position { get; set; } = new(TrainingStage.Policy, 0);

    /// <summary>Seconds of training so far.</summary>
    public double Seconds { get; set; }

    /// <summary>Lengths of the append logs when the state was taken.</summary>
    public Dictionary<string, long> Logs { get; } = new(StringComparer.Ordinal);

    /// <summary>What the learner told since the last report.</summary>
    public MetricMeans Metrics { get; } = new();

    /// <summary>Evaluations so far.</summary>
    public List<ControlEvaluation> Evaluations { get; } = [];

    public void Write(Stream stream)
    {
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteBoolean("finished", Position.Stage == TrainingStage.Finished);
        json.WriteNumber("step", Position.Step);
        json.WriteNumber("seconds", Seconds);
        json.WriteStartObject("logs");
        foreach ((string name, long length) in Logs)
        {
            json.WriteNumber(name, length);
        }

        json.WriteEndObject();
        json.WritePropertyName("metrics");
        Metrics.Write(json);
        json.WriteStartArray("evaluations");
        foreach (ControlEvaluation evaluation in Evaluations)
        {
            ControlEvaluationJson.Write(json, evaluation);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads the state of a checkpoint.</summary>
    /// <exception cref="InvalidDataException">The file is damaged; names it and the key.</exception>
    public static ControlState Read(string checkpoint)
    {
        string path = Path.Combine(checkpoint, CheckpointFolders.StateFile);
        if (new FileInfo(path).Length > LargestFile)
        {
            throw new InvalidDataException($"{path}: larger than {LargestFile} bytes; expected the state of a trainer.");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            TrainingStage stage = root.GetProperty("finished").GetBoolean() ? TrainingStage.Finished : TrainingStage.Policy;
            ControlState state = new()
            {
                Position = new RunPosition(stage, (int)ReadCount(root.GetProperty("step").GetInt32(), "step")),
                Seconds = root.GetProperty("seconds").GetDouble(),
            };
            foreach (JsonProperty log in root.GetProperty("logs").EnumerateObject())
            {
                state.Logs.Add(log.Name, ReadCount(log.Value.GetInt64(), $"logs.{log.Name}"));
            }

            state.Metrics.Read(root.GetProperty("metrics"));
            state.Evaluations.AddRange(root.GetProperty("evaluations").EnumerateArray().Select(ControlEvaluationJson.Read));
            return state;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or FormatException or ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"{path}: not the state of a control run: {exception.Message}", exception);
        }
    }

    private static long ReadCount(long value, string key) => value >= 0 ? value : throw new FormatException($"{key} is {value}, expected 0 or more");
}
