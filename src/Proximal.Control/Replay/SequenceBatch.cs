namespace Proximal.Control.Replay;

/// <summary>Sequences drawn from a buffer, flat and used again at every draw.</summary>
public sealed class SequenceBatch
{
    private readonly float[] observations;
    private readonly float[] actions;
    private readonly float[] rewards;
    private readonly float[] continuations;
    private readonly bool[] mask;
    private readonly float[] states;
    private readonly int[] indices;

    /// <summary>Creates memory for a batch.</summary>
    /// <param name="layout">Numbers per transition.</param>
    /// <param name="count">Number of sequences.</param>
    /// <param name="length">Steps of a sequence.</param>
    /// <param name="stateWidth">Floats of hidden state.</param>
    public SequenceBatch(ReplayLayout layout, int count, int length, int stateWidth)
    {
        ArgumentNullException.ThrowIfNull(layout);
        layout.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(stateWidth);
        Layout = layout;
        Count = count;
        Length = length;
        StateWidth = stateWidth;
        observations = new float[checked(count * (length + 1) * layout.ObservationWidth)];
        actions = new float[checked(count * length * layout.ActionWidth)];
        rewards = new float[checked(count * length)];
        continuations = new float[rewards.Length];
        mask = new bool[rewards.Length];
        states = new float[checked(count * stateWidth)];
        indices = new int[count];
    }

    /// <summary>Numbers per transition.</summary>
    public ReplayLayout Layout { get; }

    /// <summary>Number of sequences.</summary>
    public int Count { get; }

    /// <summary>Steps of a sequence.</summary>
    public int Length { get; }

    /// <summary>Floats of hidden state.</summary>
    public int StateWidth { get; }

    /// <summary>Observations [sequences, length + 1, observation width], the last one included; zero behind the end of an episode.</summary>
    public Span<float> Observations => observations;

    /// <summary>Actions [sequences, length, action width].</summary>
    public Span<float> Actions => actions;

    /// <summary>Rewards [sequences, length].</summary>
    public Span<float> Rewards => rewards;

    /// <summary>0 where the process ended in a step, else 1 [sequences, length].</summary>
    public Span<float> Continuations => continuations;

    /// <summary>Which steps happened [sequences, length]: those behind the end of an episode did not.</summary>
    public Span<bool> Mask => mask;

    /// <summary>The hidden state before the first step [sequences, state width], as the policy had it when it acted.</summary>
    public Span<float> States => states;

    /// <summary>Where the sequences lie in their buffer.</summary>
    public Span<int> Indices => indices;
}
