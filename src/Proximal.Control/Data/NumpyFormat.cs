using Proximal.Control.Data.Numpy;
using Proximal.Control.Spaces;

namespace Proximal.Control.Data;

/// <summary>
/// Data sets as NumPy archives (<c>.npz</c>) with the arrays of D4RL: <c>observations</c>, <c>actions</c>, <c>rewards</c>, <c>next_observations</c>,
/// <c>terminals</c> (or <c>terminated</c>) and <c>timeouts</c> (or <c>truncated</c>). Types f4, f8, i4, i8 and bool, row by row. Without next
/// observations the one of the following step is taken, and the last step of an episode that was cut off, which has none, is left out.
/// </summary>
public static class NumpyFormat
{
    private static readonly HashSet<string> Names = ["observations", "actions", "rewards", "next_observations", "terminals", "terminated", "timeouts", "truncated"];

    /// <summary>Reads an archive.</summary>
    /// <param name="path">The file.</param>
    /// <param name="observationSpace">Where observations come from.</param>
    /// <param name="actionSpace">Where actions come from.</param>
    /// <param name="information">Environment and source.</param>
    /// <exception cref="InvalidDataException">The archive is not what it should be, or does not fit the spaces.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OfflineDataset Import(string path, Space observationSpace, Space actionSpace, DatasetInformation? information = null)
    {
        ArgumentNullException.ThrowIfNull(observationSpace);
        ArgumentNullException.ThrowIfNull(actionSpace);
        Dictionary<string, NumpyArray> arrays = NumpyArchive.Read(path, Names);
        NumpyArray rewards = Find(arrays, path, "rewards");
        int count = rewards.Values.Length;
        float[] observations = Rows(arrays, path, "observations", count, observationSpace.Width);
        float[] actions = Rows(arrays, path, "actions", count, actionSpace.Width);
        bool[] terminated = Flags(arrays, path, "terminals", "terminated", count) ?? throw new InvalidDataException($"{path}: the array 'terminals' is missing.");
        bool[] truncated = Flags(arrays, path, "timeouts", "truncated", count) ?? new bool[count];
        bool complete = arrays.ContainsKey("next_observations");
        float[] next = complete ? Rows(arrays, path, "next_observations", count, observationSpace.Width) : [];
        try
        {
            return complete
                ? new OfflineDataset(observationSpace, actionSpace, observations, actions, rewards.Values, next, terminated, truncated) { Information = information ?? new DatasetInformation() }
                : FollowingObservations.Complete(new DatasetBuilder(observationSpace, actionSpace, information), observations, actions, rewards.Values, terminated, truncated);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Writes an archive; the file is replaced as a whole.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Export(OfflineDataset dataset, string path)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        int count = dataset.Count, width = dataset.ObservationSpace.Width;
        NumpyArchive.Write(
            path,
            [
                ("observations", [count, width], dataset.Observations.ToArray()),
                ("actions", [count, dataset.ActionSpace.Width], dataset.Actions.ToArray()),
                ("rewards", [count], dataset.Rewards.ToArray()),
                ("next_observations", [count, width], dataset.NextObservations.ToArray()),
                ("terminals", [count], dataset.Terminated.ToArray()),
                ("timeouts", [count], Timeouts(dataset)),
            ]);
    }

    private static bool[] Timeouts(OfflineDataset dataset)
    {
        bool[] timeouts = dataset.Ends.ToArray();
        for (int i = 0; i < timeouts.Length; i++)
        {
            timeouts[i] &= !dataset.Terminated[i];
        }

        return timeouts;
    }

    private static NumpyArray Find(Dictionary<string, NumpyArray> arrays, string path, string name) => arrays.TryGetValue(name, out NumpyArray? array)
        ? array
        : throw new InvalidDataException($"{path}: the array '{name}' is missing.");

    private static float[] Rows(Dictionary<string, NumpyArray> arrays, string path, string name, int count, int width)
    {
        NumpyArray array = Find(arrays, path, name);
        return array.Rows == count && array.Values.Length == (long)count * width
            ? array.Values
            : throw new InvalidDataException($"{path}: {name} has shape {array}, expected {count} rows of {width} numbers.");
    }

    private static bool[]? Flags(Dictionary<string, NumpyArray> arrays, string path, string name, string otherName, int count)
    {
        if (!arrays.TryGetValue(name, out NumpyArray? array) && !arrays.TryGetValue(otherName, out array))
        {
            return null;
        }

        return array.Values.Length == count
            ? Array.ConvertAll(array.Values, value => value != 0)
            : throw new InvalidDataException($"{path}: {name} has shape {array}, expected [{count}].");
    }
}
