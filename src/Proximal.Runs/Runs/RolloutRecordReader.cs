using System.Globalization;
using System.Text.Json;

namespace Proximal.Runs;

/// <summary>
/// Reads the rollouts that a run recorded, also while a process trains it: <c>rollouts/step-00000010.jsonl</c>, a line of JSON a prompt. The files are
/// untrusted: lines are bounded, structure and counts are checked, and whatever texts hold is data.
/// </summary>
public sealed class RolloutRecordReader
{
    /// <summary>Bytes of the longest line.</summary>
    public const int LongestLine = 32 << 20;

    private const string Prefix = "step-";
    private const string Extension = ".jsonl";

    private readonly RunFolder folder;

    /// <summary>Opens the recorded rollouts of a run; nothing is read yet.</summary>
    public RolloutRecordReader(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        this.folder = folder;
    }

    /// <summary>The steps of which rollouts are there, in order; empty where the run records none.</summary>
    public IReadOnlyList<int> ReadSteps() => !Directory.Exists(folder.Rollouts) ? [] :
        [.. Directory.EnumerateFiles(folder.Rollouts, Prefix + "*" + Extension).Select(StepOf).OfType<int>().Order()];

    /// <summary>The records of one step, read as they are asked for; none where the step was not recorded.</summary>
    /// <param name="step">Finished steps of policy optimization, the recorded one included.</param>
    /// <exception cref="InvalidDataException">A line is damaged or too long; names file and line.</exception>
    public IEnumerable<RolloutRecord> Read(int step)
    {
        string path = FileOf(folder, step);
        return File.Exists(path) ? ReadFile(path) : [];
    }

    /// <summary>Where the records of a step are.</summary>
    internal static string FileOf(RunFolder folder, int step) =>
        Path.Combine(folder.Rollouts, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step:D8}{Extension}"));

    /// <summary>The step that a file is of; null for another file.</summary>
    internal static int? StepOf(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        return path.EndsWith(Extension, StringComparison.Ordinal) && name.StartsWith(Prefix, StringComparison.Ordinal) && int.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int step)
            ? step
            : null;
    }

    private static IEnumerable<RolloutRecord> ReadFile(string path)
    {
        foreach ((int number, ReadOnlyMemory<byte> line) in BoundedLines.Read(path, LongestLine))
        {
            RolloutRecord record;
            try
            {
                record = RolloutRecordParser.Parse(line);
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                throw new InvalidDataException(FormattableString.Invariant($"{path}:{number}: {exception.Message}"), exception);
            }

            yield return record;
        }
    }
}
