using System.Buffers;
using System.Text.Json;
using Proximal.Rollouts;
using Proximal.Training;

namespace Proximal.Runs;

/// <summary>Steps, evaluations and rollouts in the logs of a run.</summary>
internal static class RolloutLog
{
    public static void WriteStep(RunLogs logs, StepReport report, int globalStep, int sampleCount)
    {
        logs.WriteMetrics(new RunPosition(report.Stage, report.Step), globalStep, report.Metrics);
        foreach (Trajectory trajectory in report.Rollouts?.Trajectories.Take(sampleCount) ?? [])
        {
            logs.WriteSample(json => Write(json, report.Step, trajectory));
        }
    }

    public static void WriteEvaluations(RunLogs logs, RunPosition position, int globalStep, IReadOnlyList<(string Prefix, EvaluationResult Result)> evaluations) => logs.WriteMetrics(
        position,
        globalStep,
        [.. evaluations.SelectMany(evaluation => (Metric[])
        [
            new Metric($"{evaluation.Prefix}evaluation/exact", evaluation.Result.Exact),
            new Metric($"{evaluation.Prefix}evaluation/reward", evaluation.Result.Reward),
            new Metric($"{evaluation.Prefix}evaluation/response-tokens", evaluation.Result.ResponseTokens),
            new Metric($"{evaluation.Prefix}evaluation/truncated", evaluation.Result.Truncated),
            .. evaluation.Result.Counters.Select(counter => new Metric($"{evaluation.Prefix}evaluation/episode/{counter.Key}", counter.Value)),
        ])]);

    /// <summary>Writes all rollouts of a batch, for a step that failed.</summary>
    public static void WriteBatch(Stream stream, int step, RolloutBatch batch)
    {
        ArrayBufferWriter<byte> line = new();
        foreach (Trajectory trajectory in batch.Trajectories)
        {
            line.ResetWrittenCount();
            RunLogs.WriteLine(line, json => Write(json, step, trajectory));
            stream.Write(line.WrittenSpan);
        }
    }

    private static void Write(Utf8JsonWriter json, int step, Trajectory trajectory)
    {
        json.WriteNumber("step", step);
        json.WriteString("prompt", trajectory.Instance.Prompt);
        json.WriteString("response", trajectory.Response);
        if (trajectory.Inserted.Length > 0)
        {
            json.WriteString("inserted", trajectory.Inserted);
        }

        json.WriteString("expected", trajectory.Instance.Answer);
        json.WriteString("end", trajectory.End.ToString());
        json.WriteBoolean("correct", trajectory.Verdict.Correct);
        RunLogs.WriteNumber(json, "reward", trajectory.TotalReward);
        json.WriteNumber("tokens", trajectory.ResponseTokens);
    }
}
