using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Proximal.Training;

namespace Proximal.Runs;

/// <summary>Everything beside parameters and optimizer that a resumed run must know.</summary>
internal sealed class TrainerState
{
    private const long LargestFile = 256L << 20;

    public RunPosition Position { get; set; }

    /// <summary>Seconds of training so far.</summary>
    public double Seconds { get; set; }

    /// <summary>Lengths of the append logs when the state was taken.</summary>
    public Dictionary<string, long> Logs { get; } = new(StringComparer.Ordinal);

    /// <summary>States of components, by seam and name.</summary>
    public Dictionary<string, Dictionary<string, double[]>> Components { get; } = new(StringComparer.Ordinal);

    /// <summary>Evaluations so far.</summary>
    public List<EvaluationResult> Evaluations { get; } = [];

    public void Write(Stream stream)
    {
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("stage", Position.Stage.ToString());
        json.WriteNumber("step", Position.Step);
        json.WriteNumber("seconds", Seconds);
        json.WriteStartObject("logs");
        foreach ((string name, long length) in Logs)
        {
            json.WriteNumber(name, length);
        }

        json.WriteEndObject();
        json.WriteStartObject("components");
        foreach ((string component, Dictionary<string, double[]> values) in Components)
        {
            json.WriteStartObject(component);
            foreach ((string name, double[] numbers) in values)
            {
                json.WriteStartArray(name);
                foreach (double number in numbers)
                {
                    // As text: JSON has no infinities, and the round trip must keep every bit.
                    json.WriteStringValue(number.ToString("R", CultureInfo.InvariantCulture));
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("evaluations");
        foreach (EvaluationResult evaluation in Evaluations)
        {
            EvaluationJson.Write(json, evaluation);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static TrainerState Read(string path)
    {
        if (new FileInfo(path).Length > LargestFile)
        {
            throw new InvalidDataException($"{path}: larger than {LargestFile} bytes; expected the state of a trainer.");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            TrainerState state = new()
            {
                Position = new RunPosition(ReadStage(root.GetProperty("stage").GetString()), ReadCount(root.GetProperty("step").GetInt32(), "step")),
                Seconds = root.GetProperty("seconds").GetDouble(),
            };
            foreach (JsonProperty log in root.GetProperty("logs").EnumerateObject())
            {
                state.Logs.Add(log.Name, ReadCount(log.Value.GetInt64(), $"logs.{log.Name}"));
            }

            foreach (JsonProperty component in root.GetProperty("components").EnumerateObject())
            {
                Dictionary<string, double[]> values = new(StringComparer.Ordinal);
                foreach (JsonProperty value in component.Value.EnumerateObject())
                {
                    values.Add(value.Name, [.. value.Value.EnumerateArray().Select(n => double.Parse(n.GetString()!, CultureInfo.InvariantCulture))]);
                }

                state.Components.Add(component.Name, values);
            }

            state.Evaluations.AddRange(root.GetProperty("evaluations").EnumerateArray().Select(EvaluationJson.Read));
            return state;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path}: not the state of a trainer: {exception.Message}", exception);
        }
    }

    private static TrainingStage ReadStage(string? name) => name switch
    {
        nameof(TrainingStage.Teacher) => TrainingStage.Teacher,
        nameof(TrainingStage.Supervised) => TrainingStage.Supervised,
        nameof(TrainingStage.Preferences) => TrainingStage.Preferences,
        nameof(TrainingStage.Policy) => TrainingStage.Policy,
        nameof(TrainingStage.Finished) => TrainingStage.Finished,
        _ => throw new FormatException($"stage is '{name}', expected {string.Join(", ", Enum.GetNames<TrainingStage>())}"),
    };

    private static T ReadCount<T>(T value, string key)
        where T : INumber<T> => value >= T.Zero ? value : throw new FormatException($"{key} is {value}, expected 0 or more");
}
