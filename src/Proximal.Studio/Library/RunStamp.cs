using Proximal.Runs;

namespace Proximal.Studio.Library;

/// <summary>What changes when something is written to a run.</summary>
/// <param name="MetricBytes">Length of the metrics.</param>
/// <param name="Updated">When metrics or recipe were last written.</param>
/// <param name="Checkpoint">When a checkpoint was last made; the beginning of time before there is one.</param>
/// <param name="Rollouts">When rollouts were last recorded.</param>
/// <param name="EventBytes">Length of the events.</param>
/// <param name="IsTaken">Whether a process trains it.</param>
internal readonly record struct RunStamp(long MetricBytes, DateTimeOffset Updated, DateTimeOffset Checkpoint, DateTimeOffset Rollouts, long EventBytes, bool IsTaken)
{
    public static RunStamp Of(StudioRun run)
    {
        FileInfo metrics = new(run.Folder.Metrics), recipe = new(run.Folder.Recipe), events = new(Path.Combine(run.Folder.Path, "events.jsonl"));
        return new RunStamp(
            metrics.Exists ? metrics.Length : 0,
            metrics.Exists ? metrics.LastWriteTimeUtc : recipe.Exists ? recipe.LastWriteTimeUtc : DateTimeOffset.UnixEpoch,
            ChangeOf(run.Folder.Checkpoints),
            ChangeOf(run.Folder.Rollouts),
            events.Exists ? events.Length : 0,
            run.Folder.IsTaken);
    }

    /// <summary>Seconds of training that the last checkpoint does not know of yet.</summary>
    public double SecondsSinceCheckpoint(RunState? state) =>
        state == RunState.Running && Checkpoint > DateTimeOffset.UnixEpoch ? Math.Max(0, (Updated - Checkpoint).TotalSeconds) : 0;

    private static DateTimeOffset ChangeOf(string folder)
    {
        DirectoryInfo info = new(folder);
        return info.Exists ? info.LastWriteTimeUtc : DateTimeOffset.UnixEpoch;
    }
}
