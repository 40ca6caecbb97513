using Proximal.Control.Policies;

namespace Proximal.Control.Learning;

/// <summary>Rows of a rollout in flat columns. For a policy with memory they are sequences, all of the first step first.</summary>
public class RolloutBatch
{
    private readonly float[] observations;
    private readonly float[] actions;
    private readonly bool[] masks;
    private readonly float[] logProbs;
    private readonly float[] values;
    private readonly float[] advantages;
    private readonly float[] returns;
    private readonly float[] keep;
    private readonly float[] states;

    /// <summary>Takes memory for rows.</summary>
    /// <param name="policy">The policy that the rows are for.</param>
    /// <param name="maskWidth">Entries of an action mask; 0 without masks.</param>
    /// <param name="capacity">The most rows.</param>
    /// <param name="sequences">The most sequences.</param>
    public RolloutBatch(ActorCriticPolicy policy, int maskWidth, int capacity, int sequences)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ObservationWidth = policy.EncodedWidth;
        ActionWidth = policy.Distribution.ActionWidth;
        MaskWidth = maskWidth;
        StateWidth = policy.StateWidth;
        Capacity = Count = capacity;
        Sequences = sequences;
        observations = new float[checked(capacity * ObservationWidth)];
        actions = new float[checked(capacity * ActionWidth)];
        masks = new bool[checked(capacity * MaskWidth)];
        states = new float[checked(sequences * StateWidth)];
        logProbs = new float[capacity];
        values = new float[capacity];
        advantages = new float[capacity];
        returns = new float[capacity];
        keep = new float[capacity];
    }

    /// <summary>The most rows.</summary>
    public int Capacity { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Number of sequences; rows are steps times sequences where the policy has a memory.</summary>
    public int Sequences { get; private set; }

    /// <summary>Numbers per encoded observation.</summary>
    public int ObservationWidth { get; }

    /// <summary>Numbers per action.</summary>
    public int ActionWidth { get; }

    /// <summary>Entries of an action mask; 0 without masks.</summary>
    public int MaskWidth { get; }

    /// <summary>Numbers of hidden state per sequence.</summary>
    public int StateWidth { get; }

    /// <summary>Observations as the network takes them [rows, <see cref="ObservationWidth"/>].</summary>
    public Span<float> Observations => observations.AsSpan(0, Count * ObservationWidth);

    /// <summary>Actions as they were drawn [rows, <see cref="ActionWidth"/>].</summary>
    public Span<float> Actions => actions.AsSpan(0, Count * ActionWidth);

    /// <summary>Which actions were legal [rows, <see cref="MaskWidth"/>].</summary>
    public Span<bool> Masks => masks.AsSpan(0, Count * MaskWidth);

    /// <summary>Log-probabilities of the actions when they were drawn [rows].</summary>
    public Span<float> LogProbs => logProbs.AsSpan(0, Count);

    /// <summary>Values of the states before the update [rows].</summary>
    public Span<float> Values => values.AsSpan(0, Count);

    /// <summary>Advantages [rows].</summary>
    public Span<float> Advantages => advantages.AsSpan(0, Count);

    /// <summary>What values are fitted to [rows].</summary>
    public Span<float> Returns => returns.AsSpan(0, Count);

    /// <summary>0 where a row begins an episode, else 1 [rows]; only for a policy with memory.</summary>
    public Span<float> Keep => keep.AsSpan(0, Count);

    /// <summary>Hidden states before the first step [sequences, <see cref="StateWidth"/>].</summary>
    public Span<float> States => states.AsSpan(0, Sequences * StateWidth);

    /// <summary>The action mask of a row; empty without masks.</summary>
    public ReadOnlySpan<bool> Mask(int row) => masks.AsSpan(row * MaskWidth, MaskWidth);

    /// <summary>The action of a row.</summary>
    public ReadOnlySpan<float> Action(int row) => actions.AsSpan(row * ActionWidth, ActionWidth);

    /// <summary>Takes single rows of another batch.</summary>
    /// <param name="source">The other batch.</param>
    /// <param name="rows">Numbers of its rows, at most <see cref="Capacity"/>.</param>
    public void Take(RolloutBatch source, ReadOnlySpan<int> rows)
    {
        ArgumentNullException.ThrowIfNull(source);
        Resize(rows.Length, rows.Length);
        for (int row = 0; row < rows.Length; row++)
        {
            TakeRow(source, rows[row], row);
        }
    }

    /// <summary>Takes whole sequences of another batch, with their first states.</summary>
    /// <param name="source">The other batch.</param>
    /// <param name="sequences">Numbers of its sequences.</param>
    public void TakeSequences(RolloutBatch source, ReadOnlySpan<int> sequences)
    {
        ArgumentNullException.ThrowIfNull(source);
        int steps = source.Count / source.Sequences;
        Resize(steps * sequences.Length, sequences.Length);
        for (int sequence = 0; sequence < sequences.Length; sequence++)
        {
            source.states.AsSpan(sequences[sequence] * StateWidth, StateWidth).CopyTo(states.AsSpan(sequence * StateWidth));
            for (int step = 0; step < steps; step++)
            {
                TakeRow(source, (step * source.Sequences) + sequences[sequence], (step * sequences.Length) + sequence);
            }
        }
    }

    /// <summary>Brings the advantages to mean 0 and standard deviation 1 (of a sample, plus 1e-8); fewer than two stay as they are.</summary>
    public void NormalizeAdvantages() => AdvantageEstimation.Normalize(Advantages);

    /// <summary>Sets the number of rows and sequences.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More rows than the capacity.</exception>
    protected void Resize(int count, int sequences)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Capacity);
        Count = count;
        Sequences = sequences;
    }

    private void TakeRow(RolloutBatch source, int from, int to)
    {
        source.observations.AsSpan(from * ObservationWidth, ObservationWidth).CopyTo(observations.AsSpan(to * ObservationWidth));
        source.actions.AsSpan(from * ActionWidth, ActionWidth).CopyTo(actions.AsSpan(to * ActionWidth));
        source.masks.AsSpan(from * MaskWidth, MaskWidth).CopyTo(masks.AsSpan(to * MaskWidth));
        logProbs[to] = source.logProbs[from];
        values[to] = source.values[from];
        advantages[to] = source.advantages[from];
        returns[to] = source.returns[from];
        keep[to] = source.keep[from];
    }
}
