using System.Globalization;
using System.Text;
using Proximal.Control.Spaces;
using Proximal.Tensors.Files;

namespace Proximal.Control.Data;

/// <summary>
/// Data sets as comma-separated values with a line of names: <c>observation_0</c>, ..., <c>action_0</c>, ..., <c>reward</c>, <c>next_observation_0</c>,
/// ..., <c>terminated</c>, <c>truncated</c> (0 or 1). The columns may stand in any order, and others among them are passed over.
/// </summary>
public static class CsvFormat
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="observationSpace">Where observations come from.</param>
    /// <param name="actionSpace">Where actions come from.</param>
    /// <param name="information">Environment and source.</param>
    /// <exception cref="InvalidDataException">A column is missing or a number cannot be read; the message names file, line and column.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OfflineDataset Import(string path, Space observationSpace, Space actionSpace, DatasetInformation? information = null)
    {
        ArgumentNullException.ThrowIfNull(observationSpace);
        ArgumentNullException.ThrowIfNull(actionSpace);
        DatasetBuilder builder = new(observationSpace, actionSpace, information);
        using StreamReader reader = new(path);
        string[] names = (reader.ReadLine() ?? "").Split(',', StringSplitOptions.TrimEntries);
        int[] observation = Find(path, names, "observation_", observationSpace.Width), action = Find(path, names, "action_", actionSpace.Width);
        int[] next = Find(path, names, "next_observation_", observationSpace.Width);
        int reward = Find(path, names, "reward"), terminated = Find(path, names, "terminated"), truncated = Find(path, names, "truncated");
        int number = 1;
        while (reader.ReadLine() is { } line)
        {
            string place = $"{path}, line {++number}";
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            string[] cells = line.Split(',');
            if (cells.Length != names.Length)
            {
                throw new InvalidDataException($"{place}: {cells.Length} columns, expected {names.Length}.");
            }

            DatasetText.Add(
                builder,
                place,
                Array.ConvertAll(observation, column => Number(cells, names, column, place)),
                Array.ConvertAll(action, column => Number(cells, names, column, place)),
                Number(cells, names, reward, place),
                Array.ConvertAll(next, column => Number(cells, names, column, place)),
                Flag(cells, names, terminated, place),
                Flag(cells, names, truncated, place));
        }

        return DatasetText.Finish(builder, path);
    }

    /// <summary>Writes a file; it is replaced as a whole.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Export(OfflineDataset dataset, string path)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        int width = dataset.ObservationSpace.Width, actionWidth = dataset.ActionSpace.Width;
        AtomicFile.Write(path, stream =>
        {
            using StreamWriter writer = new(stream, new UTF8Encoding(false), bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
            writer.WriteLine(string.Join(',', [.. Names("observation_", width), .. Names("action_", actionWidth), "reward", .. Names("next_observation_", width), "terminated", "truncated"]));
            for (int i = 0; i < dataset.Count; i++)
            {
                Write(writer, dataset.Observation(i));
                Write(writer, dataset.Action(i));
                Write(writer, dataset.Rewards.Slice(i, 1));
                Write(writer, dataset.NextObservation(i));
                writer.WriteLine($"{(dataset.Terminated[i] ? 1 : 0)},{(dataset.Ends[i] && !dataset.Terminated[i] ? 1 : 0)}");
            }
        });
    }

    private static IEnumerable<string> Names(string prefix, int width) => Enumerable.Range(0, width).Select(i => string.Create(CultureInfo.InvariantCulture, $"{prefix}{i}"));

    private static void Write(StreamWriter writer, ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            writer.Write(value.ToString("R", CultureInfo.InvariantCulture));
            writer.Write(',');
        }
    }

    private static int[] Find(string path, string[] names, string prefix, int width) => [.. Names(prefix, width).Select(name => Find(path, names, name))];

    private static int Find(string path, string[] names, string name)
    {
        int column = Array.IndexOf(names, name);
        return column >= 0 ? column : throw new InvalidDataException($"{path}, line 1: the column '{name}' is missing.");
    }

    private static float Number(string[] cells, string[] names, int column, string place) =>
        float.TryParse(cells[column], NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value)
            ? value
            : throw new InvalidDataException($"{place}: {names[column]} is '{cells[column]}', expected a finite number.");

    private static bool Flag(string[] cells, string[] names, int column, string place) => cells[column].Trim() switch
    {
        "1" or "true" or "True" => true,
        "0" or "false" or "False" => false,
        string other => throw new InvalidDataException($"{place}: {names[column]} is '{other}', expected 0 or 1."),
    };
}
