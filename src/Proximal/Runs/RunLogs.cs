using System.Buffers;
using System.Text.Json;
using Proximal.Rollouts;
using Proximal.Training;

namespace Proximal.Runs;

/// <summary>The append-only files of a run: metrics and samples as JSON lines, and TensorBoard events.</summary>
internal sealed class RunLogs : IDisposable
{
    private readonly AppendLog metrics;
    private readonly AppendLog samples;
    private readonly AppendLog events;
    private readonly TensorBoardEvents tensorBoard = new();
    private readonly ArrayBufferWriter<byte> line = new();

    /// <summary>Opens the logs and cuts them to the lengths of a checkpoint (to nothing without one).</summary>
    public RunLogs(RunFolder folder, IReadOnlyDictionary<string, long> lengths)
    {
        metrics = new AppendLog(folder.Metrics, lengths.GetValueOrDefault(nameof(metrics)));
        samples = new AppendLog(folder.Samples, lengths.GetValueOrDefault(nameof(samples)));
        events = new AppendLog(folder.Events, lengths.GetValueOrDefault(nameof(events)));
        if (events.Length == 0)
        {
            events.Append(tensorBoard.Header(WallTime()).Span);
        }
    }

    public void WriteStep(StepReport report, int globalStep, int sampleCount)
    {
        WriteMetrics(report.Stage, report.Step, globalStep, report.Metrics);
        if (report.Rollouts is not null)
        {
            foreach (Trajectory trajectory in report.Rollouts.Trajectories.Take(sampleCount))
            {
                WriteSample(samples, report.Step, trajectory);
            }
        }
    }

    public void WriteEvaluation(RunPosition position, int globalStep, EvaluationResult evaluation) => WriteMetrics(
        position.Stage,
        position.Step,
        globalStep,
        [
            new Metric("evaluation/exact", evaluation.Exact),
            new Metric("evaluation/reward", evaluation.Reward),
            new Metric("evaluation/response-tokens", evaluation.ResponseTokens),
            new Metric("evaluation/truncated", evaluation.Truncated),
        ]);

    /// <summary>Waits until all is on the disk, and tells how long the files are.</summary>
    public void Commit(IDictionary<string, long> lengths)
    {
        metrics.Commit();
        samples.Commit();
        events.Commit();
        lengths[nameof(metrics)] = metrics.Length;
        lengths[nameof(samples)] = samples.Length;
        lengths[nameof(events)] = events.Length;
    }

    public void Dispose()
    {
        metrics.Dispose();
        samples.Dispose();
        events.Dispose();
    }

    /// <summary>Writes all rollouts of a batch, for a step that failed.</summary>
    public static void WriteBatch(Stream stream, int step, RolloutBatch batch)
    {
        ArrayBufferWriter<byte> line = new();
        foreach (Trajectory trajectory in batch.Trajectories)
        {
            line.ResetWrittenCount();
            FormatSample(line, step, trajectory);
            stream.Write(line.WrittenSpan);
        }
    }

    private static double WallTime() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;

    private static void FormatSample(ArrayBufferWriter<byte> line, int step, Trajectory trajectory)
    {
        using (Utf8JsonWriter json = new(line))
        {
            json.WriteStartObject();
            json.WriteNumber("step", step);
            json.WriteString("prompt", trajectory.Instance.Prompt);
            json.WriteString("response", trajectory.Response);
            json.WriteString("expected", trajectory.Instance.Answer);
            json.WriteString("end", trajectory.End.ToString());
            json.WriteBoolean("correct", trajectory.Verdict.Correct);
            WriteNumber(json, "reward", trajectory.TotalReward);
            json.WriteNumber("tokens", trajectory.ResponseTokens);
            json.WriteEndObject();
        }

        line.Write("\n"u8);
    }

    /// <summary>JSON has no infinities and no NaN: null stands for them.</summary>
    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
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

    private void WriteMetrics(TrainingStage stage, int step, int globalStep, IReadOnlyList<Metric> values)
    {
        line.ResetWrittenCount();
        using (Utf8JsonWriter json = new(line))
        {
            json.WriteStartObject();
            json.WriteString("stage", StageName(stage));
            json.WriteNumber("step", step);
            foreach (Metric metric in values)
            {
                WriteNumber(json, metric.Name, metric.Value);
            }

            json.WriteEndObject();
        }

        line.Write("\n"u8);
        metrics.Append(line.WrittenSpan);
        events.Append(tensorBoard.Scalars(WallTime(), globalStep, values).Span);
    }

    private void WriteSample(AppendLog log, int step, Trajectory trajectory)
    {
        line.ResetWrittenCount();
        FormatSample(line, step, trajectory);
        log.Append(line.WrittenSpan);
    }

    private static string StageName(TrainingStage stage) => stage switch
    {
        TrainingStage.Supervised => "supervised",
        TrainingStage.Policy => "policy",
        _ => "finished",
    };
}
