using System.Globalization;
using Proximal.Control.State;
using Proximal.Tensors.Random;

namespace Proximal.Control.Replay;

/// <summary>
/// Prioritized experience replay (Schaul et al. 2016). P(i) = p_i^alpha / sum_j p_j^alpha with p_i = |delta_i| + 1e-6, importance weights
/// w_i = (n P(i))^-beta / max_j w_j over the buffer. New transitions have the largest priority seen. A batch divides the sum of priorities into
/// equal parts and draws one transition from each.
/// </summary>
public sealed class PrioritizedReplayBuffer : ReplayBuffer
{
    /// <summary>What is added to |delta|, so that no transition is never drawn again.</summary>
    public const double LeastPriority = 1e-6;

    private readonly PriorityTree priorities;
    private readonly double alpha;
    private double largest = 1;

    /// <summary>Creates an empty buffer.</summary>
    /// <param name="layout">Numbers per transition.</param>
    /// <param name="capacity">Transitions it holds before the oldest are replaced.</param>
    /// <param name="alpha">Exponent of the priorities, 0 or more: 0 draws uniformly.</param>
    /// <param name="beta">Exponent of the importance weights, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public PrioritizedReplayBuffer(ReplayLayout layout, int capacity, double alpha = 0.5, double beta = 0.4)
        : base(layout, capacity)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, PriorityTree.LargestCapacity);
        if (!double.IsFinite(alpha) || alpha < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Alpha must be finite and 0 or more.");
        }

        this.alpha = alpha;
        Beta = beta;
        priorities = new PriorityTree(capacity);
    }

    /// <summary>Exponent of the importance weights, finite and 0 or more; usually raised to 1 while learning.</summary>
    public double Beta
    {
        get;
        set => field = double.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Beta must be finite and 0 or more.");
    }

    /// <summary>P(i): the probability with which a transition is drawn.</summary>
    public double Probability(int index) => priorities[index] / priorities.Sum;

    /// <summary>Fills a batch with transitions drawn by priority, and with their importance weights.</summary>
    /// <inheritdoc/>
    public override void Sample(in RandomStream stream, TransitionBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ThrowIfEmpty();
        double sum = priorities.Sum, least = priorities.Minimum;
        for (int i = 0; i < batch.Count; i++)
        {
            int index = Math.Min(priorities.Find((i + stream.Uniform(i)) / batch.Count * sum), Count - 1);
            batch.Indices[i] = index;

            // (n P(i))^-beta over its maximum, which the least priority has: n and the sum cancel.
            batch.Weights[i] = (float)Math.Pow(priorities[index] / least, -Beta);
        }

        Gather(batch);
    }

    /// <summary>Sets the priorities of transitions that were learned from.</summary>
    /// <param name="indices">Their places.</param>
    /// <param name="errors">Their temporal-difference errors (or losses), of any sign.</param>
    /// <exception cref="ArgumentException">The numbers differ, an index is outside the buffer, or an error is not finite.</exception>
    public void UpdatePriorities(ReadOnlySpan<int> indices, ReadOnlySpan<float> errors)
    {
        if (indices.Length != errors.Length)
        {
            throw new ArgumentException($"{indices.Length} transitions take as many errors, not {errors.Length}.", nameof(errors));
        }

        for (int i = 0; i < indices.Length; i++)
        {
            if ((uint)indices[i] >= (uint)Count || !float.IsFinite(errors[i]))
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Transition {indices[i]} of {Count} has the error {errors[i]}; expected a place in the buffer and a finite number."), nameof(errors));
            }

            double priority = Math.Abs((double)errors[i]) + LeastPriority;
            largest = Math.Max(largest, priority);
            priorities[indices[i]] = Math.Pow(priority, alpha);
        }
    }

    /// <inheritdoc/>
    public override void Transfer(StateTransfer state)
    {
        base.Transfer(state);
        state.Section(nameof(PrioritizedReplayBuffer));
        double beta = Beta;
        state.Value(ref beta);
        Beta = beta;
        state.Value(ref largest);
        priorities.Transfer(state, Count);
    }

    /// <inheritdoc/>
    protected override void OnAdded(int index) => priorities[index] = Math.Pow(largest, alpha);
}
