using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Proximal.Control.Spaces;
using Proximal.Models;
using Proximal.Models.Files;
using Proximal.Tensors.Safetensors;

namespace Proximal.Control.Data;

/// <summary>
/// A data set on disk: a safetensors file with the tensors <c>observations</c> [n, width], <c>actions</c> [n, width], <c>rewards</c> [n] and
/// <c>next_observations</c> [n, width] of type F32, <c>terminated</c> and <c>ends</c> (of trajectories) [n] of type BOOL, and in its metadata <c>format</c>,
/// <c>version</c>, <c>environment</c>, <c>source</c>, <c>seed</c>, <c>random_return</c> and <c>expert_return</c> where they are known, and
/// <c>spaces</c> (JSON).
/// </summary>
public static class DatasetFile
{
    private const string Format = "proximal-dataset";
    private const string Version = "1";

    /// <summary>Writes a data set; the file is replaced as a whole.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(OfflineDataset dataset, string path)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        DatasetInformation information = dataset.Information;
        Dictionary<string, string> metadata = new(StringComparer.Ordinal)
        {
            ["format"] = Format,
            ["version"] = Version,
            ["environment"] = information.Environment,
            ["source"] = information.Source,
            ["seed"] = information.Seed.ToString(CultureInfo.InvariantCulture),
            ["spaces"] = WriteSpaces(dataset),
        };
        if (information.RandomReturn is { } random)
        {
            metadata["random_return"] = random.ToString("R", CultureInfo.InvariantCulture);
        }

        if (information.ExpertReturn is { } expert)
        {
            metadata["expert_return"] = expert.ToString("R", CultureInfo.InvariantCulture);
        }

        long count = dataset.Count;
        SafetensorsWriter.Write(
            path,
            [
                SafetensorsContent.FromSingles("observations", [count, dataset.ObservationSpace.Width], dataset.Observations.ToArray()),
                SafetensorsContent.FromSingles("actions", [count, dataset.ActionSpace.Width], dataset.Actions.ToArray()),
                SafetensorsContent.FromSingles("rewards", [count], dataset.Rewards.ToArray()),
                SafetensorsContent.FromSingles("next_observations", [count, dataset.ObservationSpace.Width], dataset.NextObservations.ToArray()),
                SafetensorsContent.FromBytes("terminated", SafetensorsType.Boolean, [count], MemoryMarshal.AsBytes(dataset.Terminated).ToArray()),
                SafetensorsContent.FromBytes("ends", SafetensorsType.Boolean, [count], MemoryMarshal.AsBytes(dataset.Ends).ToArray()),
            ],
            metadata);
    }

    /// <summary>Reads a data set.</summary>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="SafetensorsException">The file breaks the format of safetensors, or lacks a tensor.</exception>
    /// <exception cref="InvalidDataException">The file is no data set, or what it holds does not fit together.</exception>
    /// <exception cref="ModelFormatException">The spaces in the metadata are not what they should be.</exception>
    public static OfflineDataset Load(string path)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new FileNotFoundException($"{path}: there is no such file, expected a data set.", path);
        }

        using SafetensorsFile file = SafetensorsFile.Open(path);
        if (Text(file, "format") != Format || Text(file, "version") != Version)
        {
            throw new InvalidDataException($"{path}: format {Text(file, "format")} {Text(file, "version")}, expected {Format} {Version}.");
        }

        (Space observations, Space actions) = ReadSpaces(path, Text(file, "spaces"));
        DatasetInformation information = new()
        {
            Environment = Text(file, "environment"),
            Source = Text(file, "source"),
            Seed = ulong.TryParse(Text(file, "seed"), NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed) ? seed : throw Fault(file, "seed", "a whole number"),
            RandomReturn = Number(file, "random_return"),
            ExpertReturn = Number(file, "expert_return"),
        };
        long count = file.Find("rewards").Length;
        try
        {
            return new OfflineDataset(
                observations,
                actions,
                Rows(file, "observations", count, observations.Width),
                Rows(file, "actions", count, actions.Width),
                file.ReadSingles("rewards"),
                Rows(file, "next_observations", count, observations.Width),
                Flags(file, "terminated", count),
                Flags(file, "ends", count))
            {
                Information = information,
            };
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    private static float[] Rows(SafetensorsFile file, string name, long count, int width)
    {
        SafetensorsTensor tensor = file.Find(name);
        return tensor.Shape.SequenceEqual([count, width])
            ? file.ReadSingles(name)
            : throw new InvalidDataException($"{file.FilePath}: {name} has shape {tensor.ShapeText()}, expected [{count}, {width}].");
    }

    private static bool[] Flags(SafetensorsFile file, string name, long count)
    {
        SafetensorsTensor tensor = file.Find(name);
        if (tensor.Type is not (SafetensorsType.Boolean or SafetensorsType.UInt8) || !tensor.Shape.SequenceEqual([count]))
        {
            throw new InvalidDataException($"{file.FilePath}: {tensor}, expected BOOL [{count}].");
        }

        return Array.ConvertAll(file.ReadBytes(name), value => value != 0);
    }

    private static string Text(SafetensorsFile file, string key) =>
        file.Metadata.TryGetValue(key, out string? value) ? value : throw new InvalidDataException($"{file.FilePath}: the metadata lack '{key}'; the file is no data set.");

    private static double? Number(SafetensorsFile file, string key)
    {
        if (!file.Metadata.TryGetValue(key, out string? text))
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw Fault(file, key, "a finite number");
    }

    private static InvalidDataException Fault(SafetensorsFile file, string key, string expected) =>
        new($"{file.FilePath}: {key} is '{file.Metadata[key]}', expected {expected}.");

    private static string WriteSpaces(OfflineDataset dataset)
    {
        using MemoryStream memory = new();
        using (Utf8JsonWriter writer = new(memory))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("observations");
            SpaceJson.Write(writer, dataset.ObservationSpace);
            writer.WritePropertyName("actions");
            SpaceJson.Write(writer, dataset.ActionSpace);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length);
    }

    private static (Space Observations, Space Actions) ReadSpaces(string path, string json)
    {
        using JsonDocument document = JsonFile.Parse(path, Encoding.UTF8.GetBytes(json));
        JsonFields fields = new(path, document.RootElement);
        return (SpaceJson.Read(fields, "observations"), SpaceJson.Read(fields, "actions"));
    }
}
