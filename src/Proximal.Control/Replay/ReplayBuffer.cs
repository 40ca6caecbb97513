using Proximal.Control.State;
using Proximal.Tensors.Random;

namespace Proximal.Control.Replay;

/// <summary>
/// The last transitions in a ring of flat arrays, drawn uniformly with replacement (Lin 1992). What is drawn is a pure function of the stream
/// of random numbers and the content.
/// </summary>
public class ReplayBuffer : IStateful
{
    private readonly float[] observations;
    private readonly float[] actions;
    private readonly float[] rewards;
    private readonly float[] nextObservations;
    private readonly float[] continuations;
    private readonly bool[] nextMasks;
    private int count;
    private int next;

    /// <summary>Creates an empty buffer. The operating system hands out its memory as it fills.</summary>
    /// <param name="layout">Numbers per transition.</param>
    /// <param name="capacity">Transitions it holds before the oldest are replaced.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not positive, or capacity times width is beyond the largest array.</exception>
    public ReplayBuffer(ReplayLayout layout, int capacity)
    {
        ArgumentNullException.ThrowIfNull(layout);
        layout.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        int widest = Math.Max(layout.ObservationWidth, Math.Max(layout.ActionWidth, layout.MaskWidth));
        if ((long)capacity * widest > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, $"A buffer of rows of {widest} numbers holds at most {Array.MaxLength / widest} transitions.");
        }

        Layout = layout;
        Capacity = capacity;
        observations = new float[capacity * layout.ObservationWidth];
        nextObservations = new float[observations.Length];
        actions = new float[capacity * layout.ActionWidth];
        rewards = new float[capacity];
        continuations = new float[capacity];
        nextMasks = new bool[capacity * layout.MaskWidth];
    }

    /// <summary>Numbers per transition.</summary>
    public ReplayLayout Layout { get; }

    /// <summary>Transitions it holds at most.</summary>
    public int Capacity { get; }

    /// <summary>Transitions it holds.</summary>
    public int Count => count;

    /// <summary>s of every transition [count, observation width], in the order of their places.</summary>
    public ReadOnlySpan<float> Observations => observations.AsSpan(0, count * Layout.ObservationWidth);

    /// <summary>a of every transition [count, action width].</summary>
    public ReadOnlySpan<float> Actions => actions.AsSpan(0, count * Layout.ActionWidth);

    /// <summary>r of every transition [count].</summary>
    public ReadOnlySpan<float> Rewards => rewards.AsSpan(0, count);

    /// <summary>s' of every transition [count, observation width].</summary>
    public ReadOnlySpan<float> NextObservations => nextObservations.AsSpan(0, count * Layout.ObservationWidth);

    /// <summary>What multiplies gamma V(s') [count]; see <see cref="TransitionBatch.Continuations"/>.</summary>
    public ReadOnlySpan<float> Continuations => continuations.AsSpan(0, count);

    /// <summary>Stores a transition in the place of the oldest.</summary>
    /// <param name="observation">s.</param>
    /// <param name="action">a.</param>
    /// <param name="reward">r.</param>
    /// <param name="nextObservation">s'.</param>
    /// <param name="continuation">What multiplies gamma V(s'): 0 after termination, else 1, or gamma^(k-1) for a transition of k steps.</param>
    /// <param name="nextMask">Which actions are legal in s'; all of them where empty.</param>
    /// <exception cref="ArgumentException">A span has another width than the layout.</exception>
    public void Add(
        ReadOnlySpan<float> observation, ReadOnlySpan<float> action, float reward, ReadOnlySpan<float> nextObservation, float continuation, ReadOnlySpan<bool> nextMask = default)
    {
        if (observation.Length != Layout.ObservationWidth || nextObservation.Length != Layout.ObservationWidth || action.Length != Layout.ActionWidth)
        {
            throw new ArgumentException(
                $"The buffer takes observations of {Layout.ObservationWidth} and actions of {Layout.ActionWidth} numbers, not {observation.Length}, {nextObservation.Length} and {action.Length}.",
                nameof(observation));
        }

        observation.CopyTo(observations.AsSpan(next * Layout.ObservationWidth));
        action.CopyTo(actions.AsSpan(next * Layout.ActionWidth));
        rewards[next] = reward;
        nextObservation.CopyTo(nextObservations.AsSpan(next * Layout.ObservationWidth));
        continuations[next] = continuation;
        Span<bool> mask = nextMasks.AsSpan(next * Layout.MaskWidth, Layout.MaskWidth);
        if (nextMask.IsEmpty)
        {
            mask.Fill(true);
        }
        else
        {
            nextMask.CopyTo(mask);
        }

        OnAdded(next);
        next = next + 1 == Capacity ? 0 : next + 1;
        count = Math.Min(count + 1, Capacity);
    }

    /// <summary>Fills a batch with transitions drawn uniformly with replacement.</summary>
    /// <param name="stream">The random numbers of this draw.</param>
    /// <param name="batch">Receives the transitions.</param>
    /// <exception cref="InvalidOperationException">The buffer is empty.</exception>
    public virtual void Sample(in RandomStream stream, TransitionBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ThrowIfEmpty();
        Span<int> indices = batch.Indices;
        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = stream.Integer(i, count);
        }

        batch.Weights.Fill(1);
        Gather(batch);
    }

    /// <summary>Fills a batch with the transitions that its indices name.</summary>
    /// <param name="batch">Has the indices and receives the transitions.</param>
    /// <exception cref="ArgumentException">An index is outside the buffer, or the batch has another layout.</exception>
    public void Gather(TransitionBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Layout != Layout)
        {
            throw new ArgumentException($"The batch has the layout {batch.Layout}, the buffer {Layout}.", nameof(batch));
        }

        for (int i = 0; i < batch.Count; i++)
        {
            int index = batch.Indices[i];
            if ((uint)index >= (uint)count)
            {
                throw new ArgumentException($"Index {index} is outside the {count} transitions of the buffer.", nameof(batch));
            }

            CopyRow(observations, index, Layout.ObservationWidth, batch.Observations, i);
            CopyRow(actions, index, Layout.ActionWidth, batch.Actions, i);
            CopyRow(nextObservations, index, Layout.ObservationWidth, batch.NextObservations, i);
            CopyRow(nextMasks, index, Layout.MaskWidth, batch.NextMasks, i);
            batch.Rewards[i] = rewards[index];
            batch.Continuations[i] = continuations[index];
        }
    }

    /// <inheritdoc/>
    public virtual void Transfer(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Section(nameof(ReplayBuffer));
        int filled = count, place = next;
        state.Value(ref filled);
        state.Value(ref place);
        if ((uint)filled > (uint)Capacity || (uint)place >= (uint)Capacity)
        {
            throw new InvalidDataException($"The replay buffer holds {Capacity} transitions; the state has {filled}, the next at place {place}: it belongs to other settings.");
        }

        (count, next) = (filled, place);
        state.Values(observations.AsSpan(0, count * Layout.ObservationWidth));
        state.Values(actions.AsSpan(0, count * Layout.ActionWidth));
        state.Values(rewards.AsSpan(0, count));
        state.Values(nextObservations.AsSpan(0, count * Layout.ObservationWidth));
        state.Values(continuations.AsSpan(0, count));
        state.Values(nextMasks.AsSpan(0, count * Layout.MaskWidth));
    }

    /// <summary>Called when a transition has been stored.</summary>
    /// <param name="index">Its place.</param>
    protected virtual void OnAdded(int index)
    {
    }

    /// <summary>Refuses to draw from nothing.</summary>
    /// <exception cref="InvalidOperationException">The buffer is empty.</exception>
    protected void ThrowIfEmpty()
    {
        if (count == 0)
        {
            throw new InvalidOperationException("The replay buffer is empty; nothing can be drawn from it.");
        }
    }

    private static void CopyRow<T>(T[] source, int index, int width, Span<T> target, int row) =>
        source.AsSpan(index * width, width).CopyTo(target[(row * width)..]);
}
