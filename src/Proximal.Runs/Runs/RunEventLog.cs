using System.Buffers;
using System.Text.Json;
using Proximal.Tensors.Files;

namespace Proximal.Runs;

/// <summary>The events of a run, <c>events.jsonl</c>: what was done to it from outside, a line of JSON each. Another run that is given them repeats what was set.</summary>
public static class RunEventLog
{
    private const int LongestLine = 1 << 16;
    private const int MostEvents = 100_000;

    /// <summary>The events of a file, in the order in which they were done; none where there is no file. A last line that is only half there is left out.</summary>
    /// <exception cref="InvalidDataException">A line is damaged, or there are too many; names file and line.</exception>
    public static IReadOnlyList<RunEvent> Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        List<RunEvent> events = [];
        InvalidDataException? damage = null;
        foreach ((int number, ReadOnlyMemory<byte> line) in File.Exists(path) ? BoundedLines.Read(path, LongestLine) : [])
        {
            if (damage is not null || events.Count == MostEvents)
            {
                throw damage ?? new InvalidDataException(FormattableString.Invariant($"{path}: more than {MostEvents} events."));
            }

            try
            {
                events.Add(RunEvent.Parse(line));
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                damage = new InvalidDataException(FormattableString.Invariant($"{path}:{number}: {exception.Message}"), exception);
            }
        }

        return events;
    }

    /// <summary>Whether the run was told to pause and not yet to go on.</summary>
    /// <exception cref="InvalidDataException">The events are damaged.</exception>
    public static bool IsPaused(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Read(folder.EventLog).LastOrDefault(one => one.Command is RunCommand.Pause or RunCommand.Resume)?.Command == RunCommand.Pause;
    }

    /// <summary>What the events of a run set, in the order of their positions.</summary>
    /// <exception cref="InvalidDataException">The events are damaged.</exception>
    internal static IEnumerable<RunEvent> ReadSettings(RunFolder folder) => Settings(folder.EventLog);

    /// <summary>Gives a new run what the events of another one set, so that it sets the same at the same steps.</summary>
    /// <param name="folder">The run, which this process has taken.</param>
    /// <param name="source">The events of the other run.</param>
    /// <param name="isNew">Whether the run has nothing done yet; one that goes on must have these events already.</param>
    /// <exception cref="InvalidDataException">The events are damaged, or the run has others.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    internal static void Import(RunFolder folder, string source, bool isNew)
    {
        if (!File.Exists(source))
        {
            throw new FileNotFoundException($"{source}: no such file; expected the events.jsonl of a run.", source);
        }

        RunEvent[] wanted = [.. Settings(source)], known = [.. Settings(folder.EventLog)];
        if (wanted.SequenceEqual(known))
        {
            return;
        }

        if (!isNew || known.Length > 0)
        {
            throw new InvalidDataException($"{folder.Path}: the run has other events than {source}; expected the same to continue it, or another folder for a new run.");
        }

        ArrayBufferWriter<byte> lines = new();
        foreach (RunEvent one in wanted)
        {
            RunLogs.WriteLine(lines, one.Write);
        }

        AtomicFile.WriteBytes(folder.EventLog, lines.WrittenMemory);
    }

    /// <summary>Appends an event, and waits until it is on the disk.</summary>
    /// <exception cref="IOException">The disk is full, or the file cannot be written to.</exception>
    internal static void Append(RunFolder folder, RunEvent one)
    {
        ArrayBufferWriter<byte> line = new();
        RunLogs.WriteLine(line, one.Write);
        long whole = WholeLines(folder.EventLog);
        using AppendLog log = new(folder.EventLog, whole);
        log.Append(line.WrittenSpan);
        log.Commit();
    }

    private static IEnumerable<RunEvent> Settings(string path) => Read(path).Where(one => one.Command == RunCommand.Set).OrderBy(one => one.Position);

    /// <summary>Bytes up to the end of the last whole line: a kill may have left half of one behind it.</summary>
    private static long WholeLines(string path)
    {
        if (!File.Exists(path))
        {
            return 0;
        }

        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] end = new byte[(int)Math.Min(stream.Length, LongestLine)];
        stream.Seek(-end.Length, SeekOrigin.End);
        stream.ReadExactly(end);
        return stream.Length - end.Length + end.AsSpan().LastIndexOf((byte)'\n') + 1;
    }
}
