using Proximal.Control.State;
using Proximal.Tensors.Random;

namespace Proximal.Control.Replay;

/// <summary>
/// The last sequences of equal length with the hidden state of the policy before their first step (R2D2, Kapturowski et al. 2019). A sequence
/// lies within one episode and is filled up with masked steps at its end; neighbouring ones may overlap.
/// </summary>
public sealed class SequenceReplayBuffer : IStateful
{
    private readonly int overlap;
    private readonly float[] observations;
    private readonly float[] actions;
    private readonly float[] rewards;
    private readonly float[] continuations;
    private readonly int[] lengths;
    private readonly float[] states;
    private readonly int[] open;
    private readonly float[] openStates;
    private int count;
    private int next;

    /// <summary>Creates an empty buffer.</summary>
    /// <param name="layout">Numbers per transition; masks of actions are not kept.</param>
    /// <param name="capacity">Sequences it holds before the oldest are replaced.</param>
    /// <param name="length">Steps of a sequence.</param>
    /// <param name="stateWidth">Floats of hidden state.</param>
    /// <param name="copies">Copies of the environment that write to it.</param>
    /// <param name="overlap">Steps that a sequence shares with the next one of its episode, less than the length.</param>
    public SequenceReplayBuffer(ReplayLayout layout, int capacity, int length, int stateWidth, int copies = 1, int overlap = 0)
    {
        ArgumentNullException.ThrowIfNull(layout);
        layout.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(stateWidth);
        ArgumentOutOfRangeException.ThrowIfLessThan(copies, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(overlap);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(overlap, length);
        Layout = layout;
        Capacity = capacity;
        Length = length;
        StateWidth = stateWidth;
        this.overlap = overlap;

        // The sequences that the copies are writing lie behind those that can be drawn.
        int rows = checked(capacity + copies);
        observations = new float[checked(rows * (length + 1) * layout.ObservationWidth)];
        actions = new float[checked(rows * length * layout.ActionWidth)];
        rewards = new float[checked(rows * length)];
        continuations = new float[rewards.Length];
        lengths = new int[rows];
        states = new float[checked(rows * stateWidth)];
        open = new int[copies];
        openStates = new float[checked(copies * length * stateWidth)];
    }

    /// <summary>Numbers per transition.</summary>
    public ReplayLayout Layout { get; }

    /// <summary>Sequences it holds at most.</summary>
    public int Capacity { get; }

    /// <summary>Steps of a sequence.</summary>
    public int Length { get; }

    /// <summary>Floats of hidden state.</summary>
    public int StateWidth { get; }

    /// <summary>Sequences it holds.</summary>
    public int Count => count;

    /// <summary>Takes a step of one copy; a sequence is stored when it is full or its episode ends.</summary>
    /// <param name="copy">Which copy.</param>
    /// <param name="observation">s.</param>
    /// <param name="action">a.</param>
    /// <param name="reward">r.</param>
    /// <param name="nextObservation">s', of the same episode.</param>
    /// <param name="terminated">Whether the process ended.</param>
    /// <param name="truncated">Whether the episode was cut off.</param>
    /// <param name="state">The hidden state from which the policy chose the action.</param>
    public void Add(
        int copy,
        ReadOnlySpan<float> observation,
        ReadOnlySpan<float> action,
        float reward,
        ReadOnlySpan<float> nextObservation,
        bool terminated,
        bool truncated,
        ReadOnlySpan<float> state)
    {
        if (observation.Length != Layout.ObservationWidth || nextObservation.Length != Layout.ObservationWidth || action.Length != Layout.ActionWidth || state.Length != StateWidth)
        {
            throw new ArgumentException(
                $"The buffer takes observations of {Layout.ObservationWidth}, actions of {Layout.ActionWidth} and states of {StateWidth} numbers, not {observation.Length}, {nextObservation.Length}, {action.Length} and {state.Length}.",
                nameof(observation));
        }

        int row = Capacity + copy, step = open[copy];
        state.CopyTo(openStates.AsSpan(((copy * Length) + step) * StateWidth));
        Observation(row, step, observation);
        Observation(row, step + 1, nextObservation);
        action.CopyTo(actions.AsSpan(((row * Length) + step) * Layout.ActionWidth));
        rewards[(row * Length) + step] = reward;
        continuations[(row * Length) + step] = terminated ? 0 : 1;
        open[copy] = step + 1;
        if (terminated || truncated)
        {
            Store(copy);
            open[copy] = 0;
        }
        else if (step + 1 == Length)
        {
            Store(copy);
            Keep(copy);
        }
    }

    /// <summary>Fills a batch with sequences drawn uniformly with replacement.</summary>
    /// <param name="stream">The random numbers of this draw.</param>
    /// <param name="batch">Receives the sequences.</param>
    /// <exception cref="InvalidOperationException">The buffer is empty.</exception>
    /// <exception cref="ArgumentException">The batch has another shape than the buffer.</exception>
    public void Sample(in RandomStream stream, SequenceBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Layout != Layout || batch.Length != Length || batch.StateWidth != StateWidth)
        {
            throw new ArgumentException(
                $"The batch has the layout {batch.Layout}, {batch.Length} steps and states of {batch.StateWidth}, the buffer {Layout}, {Length} and {StateWidth}.", nameof(batch));
        }

        if (count == 0)
        {
            throw new InvalidOperationException("The replay buffer is empty; nothing can be drawn from it.");
        }

        int observationRow = (Length + 1) * Layout.ObservationWidth, actionRow = Length * Layout.ActionWidth;
        for (int i = 0; i < batch.Count; i++)
        {
            int row = stream.Integer(i, count), steps = lengths[row];
            batch.Indices[i] = row;
            CopyFilled(observations, row * observationRow, (steps + 1) * Layout.ObservationWidth, batch.Observations.Slice(i * observationRow, observationRow));
            CopyFilled(actions, row * actionRow, steps * Layout.ActionWidth, batch.Actions.Slice(i * actionRow, actionRow));
            CopyFilled(rewards, row * Length, steps, batch.Rewards.Slice(i * Length, Length));
            CopyFilled(continuations, row * Length, steps, batch.Continuations.Slice(i * Length, Length));
            states.AsSpan(row * StateWidth, StateWidth).CopyTo(batch.States[(i * StateWidth)..]);
            Span<bool> mask = batch.Mask.Slice(i * Length, Length);
            mask[..steps].Fill(true);
            mask[steps..].Clear();
        }
    }

    /// <inheritdoc/>
    public void Transfer(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Section(nameof(SequenceReplayBuffer));
        int filled = count, place = next;
        state.Value(ref filled);
        state.Value(ref place);
        if ((uint)filled > (uint)Capacity || (uint)place >= (uint)Capacity)
        {
            throw new InvalidDataException($"The replay buffer holds {Capacity} sequences; the state has {filled}, the next at place {place}: it belongs to other settings.");
        }

        (count, next) = (filled, place);
        state.Values<int>(open);
        state.Values<float>(openStates);
        TransferRows(state, lengths, 1);
        TransferRows(state, observations, (Length + 1) * Layout.ObservationWidth);
        TransferRows(state, actions, Length * Layout.ActionWidth);
        TransferRows(state, rewards, Length);
        TransferRows(state, continuations, Length);
        TransferRows(state, states, StateWidth);
        if (open.AsSpan().ContainsAnyExceptInRange(0, Length - 1) || lengths.AsSpan(0, count).ContainsAnyExceptInRange(1, Length))
        {
            throw new InvalidDataException($"A sequence of the replay buffer has not 1 to {Length} steps; the state is damaged.");
        }
    }

    /// <summary>The rows that can be drawn, then those of the copies.</summary>
    private void TransferRows<T>(StateTransfer state, T[] values, int width)
        where T : unmanaged
    {
        state.Values(values.AsSpan(0, count * width));
        state.Values(values.AsSpan(Capacity * width));
    }

    private void Observation(int row, int step, ReadOnlySpan<float> observation) =>
        observation.CopyTo(observations.AsSpan(((row * (Length + 1)) + step) * Layout.ObservationWidth));

    private void Store(int copy)
    {
        int from = Capacity + copy;
        lengths[from] = open[copy];
        openStates.AsSpan(copy * Length * StateWidth, StateWidth).CopyTo(states.AsSpan(from * StateWidth));
        CopyRow(observations, from, next, (Length + 1) * Layout.ObservationWidth);
        CopyRow(actions, from, next, Length * Layout.ActionWidth);
        CopyRow(rewards, from, next, Length);
        CopyRow(continuations, from, next, Length);
        CopyRow(lengths, from, next, 1);
        CopyRow(states, from, next, StateWidth);
        next = next + 1 == Capacity ? 0 : next + 1;
        count = Math.Min(count + 1, Capacity);
    }

    /// <summary>Begins the next sequence of an episode with the last steps of the one that is full.</summary>
    private void Keep(int copy)
    {
        int row = Capacity + copy, drop = Length - overlap;
        MoveUp(observations.AsSpan(row * (Length + 1) * Layout.ObservationWidth, (Length + 1) * Layout.ObservationWidth), drop * Layout.ObservationWidth);
        MoveUp(actions.AsSpan(row * Length * Layout.ActionWidth, Length * Layout.ActionWidth), drop * Layout.ActionWidth);
        MoveUp(rewards.AsSpan(row * Length, Length), drop);
        MoveUp(continuations.AsSpan(row * Length, Length), drop);
        MoveUp(openStates.AsSpan(copy * Length * StateWidth, Length * StateWidth), drop * StateWidth);
        open[copy] = overlap;
    }

    private static void MoveUp(Span<float> values, int drop) => values[drop..].CopyTo(values);

    private static void CopyRow<T>(T[] values, int from, int to, int width) => values.AsSpan(from * width, width).CopyTo(values.AsSpan(to * width));

    private static void CopyFilled(float[] source, int start, int filled, Span<float> target)
    {
        source.AsSpan(start, filled).CopyTo(target);
        target[filled..].Clear();
    }
}
