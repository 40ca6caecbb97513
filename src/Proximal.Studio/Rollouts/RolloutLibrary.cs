using System.Text.Json;
using Proximal.Runs;
using Proximal.Studio.Library;

namespace Proximal.Studio.Rollouts;

/// <summary>
/// The rollouts of a run: those that it recorded token by token, or, where it recorded none, the samples that it logs as text. Both come in the same
/// shape. The last step that was asked for is kept.
/// </summary>
internal sealed class RolloutLibrary
{
    private const int LongestSample = 1 << 20;
    private const int MostSamples = 100_000;
    private const int MostRecords = 1_024;

    private readonly Lock gate = new();
    private (string Run, int Step, DateTime Written, long Length, IReadOnlyList<RolloutRecord> Records)? last;

    /// <summary>Whether the run recorded tokens.</summary>
    public static bool IsRecorded(StudioRun run) => new RolloutRecordReader(run.Folder).ReadSteps().Count > 0;

    /// <summary>The steps of which rollouts are there, in order.</summary>
    /// <exception cref="InvalidDataException">The samples are damaged.</exception>
    public static IReadOnlyList<int> Steps(StudioRun run)
    {
        run.EnsureInside();
        IReadOnlyList<int> recorded = new RolloutRecordReader(run.Folder).ReadSteps();
        return recorded.Count > 0 ? recorded : [.. Samples(run).Select(sample => sample.Step).Distinct().Order()];
    }

    /// <summary>The rollouts of a step, a record for each prompt; empty where there are none.</summary>
    /// <exception cref="InvalidDataException">A file is damaged; names file and line.</exception>
    public IReadOnlyList<RolloutRecord> Read(StudioRun run, int step)
    {
        run.EnsureInside();
        bool isRecorded = IsRecorded(run);
        FileInfo file = new(isRecorded ? RolloutRecordReader.FileOf(run.Folder, step) : run.Folder.Samples);
        if (!file.Exists)
        {
            return [];
        }

        if (file.LinkTarget is not null)
        {
            throw new InvalidDataException($"{file.Name}: is a link; expected a file of the run itself.");
        }

        lock (gate)
        {
            if (last is { } known && known.Run == run.Folder.Path && known.Step == step && known.Written == file.LastWriteTimeUtc && known.Length == file.Length)
            {
                return known.Records;
            }
        }

        IReadOnlyList<RolloutRecord> records = isRecorded ? [.. new RolloutRecordReader(run.Folder).Read(step).Take(MostRecords)] : FromSamples(Samples(run).Where(sample => sample.Step == step));
        lock (gate)
        {
            last = (run.Folder.Path, step, file.LastWriteTimeUtc, file.Length, records);
        }

        return records;
    }

    private static IEnumerable<RolloutSample> Samples(StudioRun run)
    {
        if (!File.Exists(run.Folder.Samples))
        {
            yield break;
        }

        foreach ((int number, ReadOnlyMemory<byte> line) in BoundedLines.Read(run.Folder.Samples, LongestSample).Take(MostSamples))
        {
            RolloutSample sample;
            try
            {
                sample = RolloutSample.Parse(line);
            }
            catch (Exception damage) when (damage is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw new InvalidDataException(FormattableString.Invariant($"{Path.GetFileName(run.Folder.Samples)}:{number}: {damage.Message}"), damage);
            }

            yield return sample;
        }
    }

    /// <summary>Samples of one prompt as a group, each a segment without tokens of its own.</summary>
    private static RolloutRecord[] FromSamples(IEnumerable<RolloutSample> samples) =>
    [
        .. samples.GroupBy(sample => sample.Prompt).Take(MostRecords).Select((group, index) => new RolloutRecord
        {
            Step = group.First().Step,
            Group = index,
            Prompt = group.Key,
            Expected = group.First().Expected,
            Family = "",
            Difficulty = 0,
            Rollouts = group.Count(),
            Segments =
            [
                new RecordedSegment(-1, "prompt", "open", [0], [group.Key]),
                .. group.Select(sample => new RecordedSegment(0, "policy", sample.End, [0], [sample.Response])),
            ],
            Paths = [.. group.Select((sample, i) => sample.ToPath(i + 1))],
        }),
    ];
}
