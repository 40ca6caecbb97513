namespace Proximal.Runs;

/// <summary>Carries out the commands that a live run is given, between its steps.</summary>
internal sealed class RunController : IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    private readonly RunFolder folder;
    private readonly IControlledRun run;
    private readonly ControlChannel? channel;
    private bool isPaused;
    private bool isStopped;

    /// <summary>Begins to listen, or makes sure that nobody believes so.</summary>
    /// <param name="folder">The run, which this process has taken.</param>
    /// <param name="run">What the commands are done to.</param>
    /// <param name="listens">Whether commands are taken at all.</param>
    public RunController(RunFolder folder, IControlledRun run, bool listens)
    {
        (this.folder, this.run) = (folder, run);
        if (RunEventLog.IsPaused(folder))
        {
            // The process that paused is gone; this one goes on.
            RunEventLog.Append(folder, new RunEvent(run.Position, RunCommand.Resume));
        }

        if (listens)
        {
            channel = ControlChannel.Open(folder);
        }
        else
        {
            ControlChannel.Clear(folder);
        }
    }

    /// <summary>What commands must bring; null where none are taken.</summary>
    public string? Token => channel?.Token;

    /// <summary>Carries out what has arrived, and waits while the run is paused.</summary>
    /// <param name="cancellation">Ends a pause.</param>
    /// <returns>Whether the run goes on; false when it was told to stop.</returns>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public bool Poll(CancellationToken cancellation)
    {
        if (channel is null)
        {
            return true;
        }

        do
        {
            foreach (ControlChannel.ArrivedCommand command in channel.Take())
            {
                channel.Answer(command.Name, Carry(command));
            }
        }
        while (isPaused && !isStopped && !cancellation.WaitHandle.WaitOne(LookInterval));
        bool goesOn = !isStopped;
        isStopped = false;
        return goesOn;
    }

    public void Dispose() => channel?.Dispose();

    private ControlAnswer Carry(ControlChannel.ArrivedCommand command)
    {
        switch (command.Command)
        {
            case RunCommand.Pause when isPaused:
                return new ControlAnswer(false, "The run is paused already.");
            case RunCommand.Resume when !isPaused:
                return new ControlAnswer(false, "The run is not paused.");
            case RunCommand.Pause or RunCommand.Resume:
                isPaused = command.Command == RunCommand.Pause;
                Record(command.Command);
                return new ControlAnswer(true, isPaused ? "Paused." : "Goes on.");
            case RunCommand.Checkpoint:
                string written = run.WriteCheckpoint();
                Record(command.Command);
                return new ControlAnswer(true, $"Wrote {Path.GetFileName(written)}.");
            case RunCommand.Stop:
                isStopped = true;
                Record(command.Command);
                return new ControlAnswer(true, "Stops; a checkpoint will hold all finished steps.");
            default:
                return Set(command);
        }
    }

    private ControlAnswer Set(ControlChannel.ArrivedCommand command)
    {
        if (command.Key is null || command.Value is null)
        {
            return new ControlAnswer(false, "'set' needs a key and a value.");
        }

        try
        {
            RunEvent one = run.Set(command.Key, command.Value, one => RunEventLog.Append(folder, one));
            run.Tell(one);
            return new ControlAnswer(true, $"{one.Key} was {one.OldValue} and is {one.NewValue} from the next step on.");
        }
        catch (InvalidDataException refused)
        {
            return new ControlAnswer(false, refused.Message);
        }
    }

    private void Record(RunCommand command)
    {
        RunEvent one = new(run.Position, command);
        RunEventLog.Append(folder, one);
        run.Tell(one);
    }
}
