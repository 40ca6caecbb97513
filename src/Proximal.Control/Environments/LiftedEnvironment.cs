using Proximal.Control.Rendering;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Environments;

/// <summary>Copies of a <see cref="SingleEnvironment"/>, stepped one after the other by each worker.</summary>
public sealed class LiftedEnvironment : VectorEnvironment
{
    private readonly SingleEnvironment[] copies;
    private readonly EpisodeRandom[] randoms;
    private readonly float[] actions;
    private readonly Workers? workers;
    private bool running;

    /// <summary>Makes the copies.</summary>
    /// <param name="environment">The environment; its own state is not touched.</param>
    /// <param name="count">Number of copies.</param>
    /// <param name="workers">Threads that share the copies; the calling thread alone when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public LiftedEnvironment(SingleEnvironment environment, int count, Workers? workers = null)
        : base(environment.Specification, count)
    {
        this.workers = workers;
        copies = new SingleEnvironment[count];
        for (int i = 0; i < count; i++)
        {
            copies[i] = environment.Create(i);
        }

        randoms = new EpisodeRandom[count];
        actions = new float[count * Specification.Actions.Width];
    }

    /// <summary>One of the copies, to look at.</summary>
    public SingleEnvironment this[int copy] => copies[copy];

    /// <inheritdoc/>
    public override void Reset(ulong seed, StepBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        running = true;
        for (int i = 0; i < Count; i++)
        {
            randoms[i] = new EpisodeRandom(seed, i);
            Begin(i, batch);
        }
    }

    /// <inheritdoc/>
    public override void Step(ReadOnlySpan<float> actions, StepBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (!running)
        {
            throw new InvalidOperationException($"{Specification.Name}: no episode is running; call Reset first.");
        }

        if (actions.Length != this.actions.Length)
        {
            throw new ArgumentException($"{Specification.Name}: {Count} copies take {this.actions.Length} numbers as actions, not {actions.Length}.", nameof(actions));
        }

        actions.CopyTo(this.actions);
        StepWork work = new(this, batch);
        if (workers is null)
        {
            work.Run(0, Count, 0);
        }
        else
        {
            workers.For(Count, 1, ref work);
        }
    }

    /// <inheritdoc/>
    public override void Truncate(int copy, StepBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Ended(copy))
        {
            return;
        }

        int width = Specification.Observations.Width, maskWidth = Specification.MaskWidth, metrics = Specification.Metrics.Count;
        batch.Truncated[copy] = true;
        batch.ActionMasks.Slice(copy * maskWidth, maskWidth).CopyTo(batch.FinalActionMasks[(copy * maskWidth)..]);
        try
        {
            copies[copy].WriteMetrics(batch.Metrics.Slice(copy * metrics, metrics));
        }
        catch (Exception exception) when (exception is not EnvironmentException)
        {
            throw Thrown(copy, copies[copy].Steps, exception);
        }

        End(copy, batch, batch.Observations.Slice(copy * width, width));
    }

    /// <inheritdoc/>
    public override void Draw(int copy, Canvas canvas) => copies[copy].Draw(canvas);

    /// <inheritdoc/>
    public override void WriteText(int copy, TextWriter writer) => copies[copy].WriteText(writer);

    /// <inheritdoc/>
    public override void Transfer(StateTransfer state)
    {
        state.Section(Specification.Name);
        state.Value(ref running);
        for (int i = 0; i < Count; i++)
        {
            randoms[i].Transfer(state);
            copies[i].Transfer(state);
        }
    }

    private void Begin(int copy, StepBatch batch)
    {
        int width = Specification.Observations.Width, maskWidth = Specification.MaskWidth;
        try
        {
            copies[copy].Reset(randoms[copy], batch.Observations.Slice(copy * width, width));
            if (maskWidth > 0)
            {
                copies[copy].WriteActionMask(batch.ActionMasks.Slice(copy * maskWidth, maskWidth));
            }
        }
        catch (Exception exception) when (exception is not EnvironmentException)
        {
            throw Thrown(copy, 0, exception);
        }
    }

    private void Step(int copy, StepBatch batch)
    {
        int width = Specification.Observations.Width, actionWidth = Specification.Actions.Width, maskWidth = Specification.MaskWidth, metrics = Specification.Metrics.Count;
        SingleEnvironment environment = copies[copy];
        Span<float> observation = batch.Observations.Slice(copy * width, width);
        StepOutcome outcome;
        try
        {
            outcome = environment.Step(actions.AsSpan(copy * actionWidth, actionWidth), observation);
            if (outcome.Terminated || outcome.Truncated)
            {
                environment.WriteMetrics(batch.Metrics.Slice(copy * metrics, metrics));
            }

            if (maskWidth > 0 && !outcome.Terminated)
            {
                environment.WriteActionMask((outcome.Truncated ? batch.FinalActionMasks : batch.ActionMasks).Slice(copy * maskWidth, maskWidth));
            }
        }
        catch (Exception exception) when (exception is not EnvironmentException)
        {
            throw Thrown(copy, environment.Steps, exception);
        }

        batch.Rewards[copy] = (float)outcome.Reward;
        batch.Terminated[copy] = outcome.Terminated;
        batch.Truncated[copy] = outcome.Truncated && !outcome.Terminated;
        if (outcome.Terminated || outcome.Truncated)
        {
            End(copy, batch, observation);
        }
    }

    private void End(int copy, StepBatch batch, ReadOnlySpan<float> observation)
    {
        observation.CopyTo(batch.FinalObservations[(copy * observation.Length)..]);
        EpisodeEnding?.Invoke(copy);
        randoms[copy] = randoms[copy].NextEpisode();
        Begin(copy, batch);
    }

    private EnvironmentException Thrown(int copy, long step, Exception exception) =>
        new(Specification.Name, copy, step, $"the environment threw {exception.GetType().Name}: {exception.Message}", exception);

    private readonly struct StepWork(LiftedEnvironment owner, StepBatch batch) : IRangeWork
    {
        public void Run(int start, int end, int worker)
        {
            for (int copy = start; copy < end; copy++)
            {
                owner.Step(copy, batch);
            }
        }
    }
}
