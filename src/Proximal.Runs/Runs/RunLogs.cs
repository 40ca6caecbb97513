using System.Buffers;
using System.Text.Json;

namespace Proximal.Runs;

/// <summary>The append-only files of a run: metrics and samples as JSON lines, and TensorBoard events.</summary>
internal sealed class RunLogs : IDisposable
{
    private readonly AppendLog metrics;
    private readonly AppendLog? samples;
    private readonly AppendLog events;
    private readonly TensorBoardEvents tensorBoard = new();
    private readonly ArrayBufferWriter<byte> line = new();

    /// <summary>Opens the logs and cuts them to the lengths of a checkpoint (to nothing without one).</summary>
    /// <param name="folder">Where they lie.</param>
    /// <param name="lengths">Their lengths.</param>
    /// <param name="hasSamples">Whether the run writes samples.</param>
    public RunLogs(RunFolder folder, IReadOnlyDictionary<string, long> lengths, bool hasSamples = true)
    {
        metrics = new AppendLog(folder.Metrics, lengths.GetValueOrDefault(nameof(metrics)));
        samples = hasSamples ? new AppendLog(folder.Samples, lengths.GetValueOrDefault(nameof(samples))) : null;
        events = new AppendLog(folder.Events, lengths.GetValueOrDefault(nameof(events)));
        if (events.Length == 0)
        {
            events.Append(tensorBoard.Header(WallTime()).Span);
        }
    }

    /// <summary>Copies the beginnings of the logs of another run, which may grow meanwhile.</summary>
    /// <param name="source">The other run.</param>
    /// <param name="target">Where they are written to.</param>
    /// <param name="lengths">How much of each is taken.</param>
    /// <exception cref="InvalidDataException">A log is shorter.</exception>
    public static void Copy(RunFolder source, RunFolder target, IReadOnlyDictionary<string, long> lengths)
    {
        CopyStart(source.Metrics, target.Metrics, lengths.GetValueOrDefault(nameof(metrics)));
        CopyStart(source.Samples, target.Samples, lengths.GetValueOrDefault(nameof(samples)));
        CopyStart(source.Events, target.Events, lengths.GetValueOrDefault(nameof(events)));
    }

    /// <summary>Writes the metrics of a step.</summary>
    /// <param name="position">The step.</param>
    /// <param name="globalStep">Its number over all stages, for TensorBoard.</param>
    /// <param name="values">The metrics.</param>
    public void WriteMetrics(RunPosition position, long globalStep, IReadOnlyList<Metric> values)
    {
        line.ResetWrittenCount();
        WriteLine(line, json =>
        {
            json.WriteString("stage", StageName(position.Stage));
            json.WriteNumber("step", position.Step);
            foreach (Metric metric in values)
            {
                WriteNumber(json, metric.Name, metric.Value);
            }
        });
        metrics.Append(line.WrittenSpan);
        events.Append(tensorBoard.Scalars(WallTime(), globalStep, values).Span);
    }

    /// <summary>Writes one sample: the properties of a JSON object.</summary>
    /// <exception cref="InvalidOperationException">The run writes none.</exception>
    public void WriteSample(Action<Utf8JsonWriter> write)
    {
        line.ResetWrittenCount();
        WriteLine(line, write);
        (samples ?? throw new InvalidOperationException("The run writes no samples.")).Append(line.WrittenSpan);
    }

    /// <summary>Waits until all is on the disk, and tells how long the files are.</summary>
    public void Commit(IDictionary<string, long> lengths)
    {
        metrics.Commit();
        samples?.Commit();
        events.Commit();
        lengths[nameof(metrics)] = metrics.Length;
        lengths[nameof(samples)] = samples?.Length ?? 0;
        lengths[nameof(events)] = events.Length;
    }

    public void Dispose()
    {
        metrics.Dispose();
        samples?.Dispose();
        events.Dispose();
    }

    /// <summary>Writes a JSON object and the end of the line.</summary>
    public static void WriteLine(ArrayBufferWriter<byte> line, Action<Utf8JsonWriter> write)
    {
        using (Utf8JsonWriter json = new(line))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        line.Write("\n"u8);
    }

    /// <summary>JSON has no infinities and no NaN: null stands for them.</summary>
    public static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void CopyStart(string source, string target, long length)
    {
        using FileStream from = new(source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using FileStream to = new(target, FileMode.Create, FileAccess.Write, FileShare.Read);
        byte[] buffer = new byte[81_920];
        for (long left = length; left > 0;)
        {
            int read = from.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            if (read == 0)
            {
                throw new InvalidDataException($"{source}: holds {length - left} bytes, but the checkpoint was written after {length}; the file was changed by someone else.");
            }

            to.Write(buffer, 0, read);
            left -= read;
        }
    }

    private static double WallTime() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;

    private static string StageName(TrainingStage stage) => stage switch
    {
        TrainingStage.Teacher => "teacher",
        TrainingStage.Supervised => "supervised",
        TrainingStage.Preferences => "preferences",
        TrainingStage.Policy => "policy",
        _ => "finished",
    };
}
