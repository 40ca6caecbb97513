using Proximal.Control.Environments;
using Proximal.Control.State;

namespace Proximal.Control.Replay;

/// <summary>
/// Joins n steps of each copy into one transition: R = sum_{k&lt;n} gamma^k r_{t+k}, which bootstraps with gamma^n V(s_{t+n}). At the end of
/// an episode all steps that are waiting are stored with the rewards they have, none after termination and gamma^m V of the final observation
/// after truncation. With n = 1 it stores every step as it is.
/// </summary>
public sealed class NStepWriter : IStateful
{
    private readonly ReplayBuffer buffer;
    private readonly int steps;
    private readonly double discount;
    private readonly int[] waiting;
    private readonly float[] observations;
    private readonly float[] actions;
    private readonly float[] rewards;

    /// <summary>Creates a writer.</summary>
    /// <param name="buffer">Receives the transitions.</param>
    /// <param name="copies">Number of copies of the environment.</param>
    /// <param name="steps">n, 1 or more.</param>
    /// <param name="discount">gamma, in [0, 1].</param>
    public NStepWriter(ReplayBuffer buffer, int copies, int steps = 1, double discount = 0.99)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        ArgumentOutOfRangeException.ThrowIfLessThan(copies, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, 1 << 16);
        if (!(discount >= 0 && discount <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(discount), discount, "The discount must be in [0, 1].");
        }

        this.buffer = buffer;
        this.steps = steps;
        this.discount = discount;
        waiting = new int[copies];
        observations = new float[checked(copies * steps * buffer.Layout.ObservationWidth)];
        actions = new float[checked(copies * steps * buffer.Layout.ActionWidth)];
        rewards = new float[checked(copies * steps)];
    }

    /// <summary>Takes a step of all copies.</summary>
    /// <param name="before">What the copies showed before the step [copies, observation width].</param>
    /// <param name="taken">The actions to be stored [copies, action width].</param>
    /// <param name="step">What the step gave.</param>
    public void Add(ReadOnlySpan<float> before, ReadOnlySpan<float> taken, StepBatch step)
    {
        ArgumentNullException.ThrowIfNull(step);
        int width = buffer.Layout.ObservationWidth, actionWidth = buffer.Layout.ActionWidth, maskWidth = buffer.Layout.MaskWidth;
        for (int copy = 0; copy < waiting.Length; copy++)
        {
            bool ended = step.Ended(copy);
            ReadOnlySpan<float> after = (ended ? step.FinalObservations : step.Observations).Slice(copy * width, width);
            ReadOnlySpan<bool> mask = step.Terminated[copy] ? default : (ended ? step.FinalActionMasks : step.ActionMasks).Slice(copy * maskWidth, maskWidth);
            Add(copy, before.Slice(copy * width, width), taken.Slice(copy * actionWidth, actionWidth), step.Rewards[copy], after, step.Terminated[copy], step.Truncated[copy], mask);
        }
    }

    /// <summary>Takes a step of one copy.</summary>
    /// <param name="copy">Which copy.</param>
    /// <param name="observation">s.</param>
    /// <param name="action">a.</param>
    /// <param name="reward">r.</param>
    /// <param name="nextObservation">s', of the same episode.</param>
    /// <param name="terminated">Whether the process ended.</param>
    /// <param name="truncated">Whether the episode was cut off.</param>
    /// <param name="nextMask">Which actions are legal in s'; all of them where empty.</param>
    public void Add(
        int copy,
        ReadOnlySpan<float> observation,
        ReadOnlySpan<float> action,
        float reward,
        ReadOnlySpan<float> nextObservation,
        bool terminated,
        bool truncated,
        ReadOnlySpan<bool> nextMask = default)
    {
        if (steps == 1)
        {
            buffer.Add(observation, action, reward, nextObservation, terminated ? 0 : 1, nextMask);
            return;
        }

        int place = (copy * steps) + waiting[copy]++;
        observation.CopyTo(observations.AsSpan(place * buffer.Layout.ObservationWidth, buffer.Layout.ObservationWidth));
        action.CopyTo(actions.AsSpan(place * buffer.Layout.ActionWidth, buffer.Layout.ActionWidth));
        rewards[place] = reward;
        if (terminated || truncated)
        {
            while (waiting[copy] > 0)
            {
                Store(copy, nextObservation, terminated, nextMask);
            }
        }
        else if (waiting[copy] == steps)
        {
            Store(copy, nextObservation, terminated: false, nextMask);
        }
    }

    /// <inheritdoc/>
    public void Transfer(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Section(nameof(NStepWriter));
        state.Values<int>(waiting);
        state.Values<float>(observations);
        state.Values<float>(actions);
        state.Values<float>(rewards);
        if (waiting.AsSpan().ContainsAnyExceptInRange(0, steps - 1))
        {
            throw new InvalidDataException($"A copy has more than {steps - 1} steps waiting; the state belongs to other settings.");
        }
    }

    /// <summary>Stores the oldest step that is waiting and moves the others up.</summary>
    private void Store(int copy, ReadOnlySpan<float> nextObservation, bool terminated, ReadOnlySpan<bool> nextMask)
    {
        int count = waiting[copy], width = buffer.Layout.ObservationWidth, actionWidth = buffer.Layout.ActionWidth;
        Span<float> waitingObservations = observations.AsSpan(copy * steps * width, count * width);
        Span<float> waitingActions = actions.AsSpan(copy * steps * actionWidth, count * actionWidth);
        Span<float> waitingRewards = rewards.AsSpan(copy * steps, count);
        float continuation = terminated ? 0 : (float)Math.Pow(discount, count - 1);
        buffer.Add(waitingObservations[..width], waitingActions[..actionWidth], DiscountedSum(waitingRewards, discount), nextObservation, continuation, nextMask);
        waitingObservations[width..].CopyTo(waitingObservations);
        waitingActions[actionWidth..].CopyTo(waitingActions);
        waitingRewards[1..].CopyTo(waitingRewards);
        waiting[copy] = count - 1;
    }

    /// <summary>sum_k gamma^k r_k.</summary>
    /// <param name="rewards">Rewards in order.</param>
    /// <param name="discount">gamma.</param>
    public static float DiscountedSum(ReadOnlySpan<float> rewards, double discount)
    {
        double sum = 0;
        for (int k = rewards.Length - 1; k >= 0; k--)
        {
            sum = rewards[k] + (discount * sum);
        }

        return (float)sum;
    }
}
