namespace Proximal.Control.Replay;

/// <summary>Transitions drawn from a buffer, flat and used again at every draw.</summary>
public sealed class TransitionBatch
{
    private readonly float[] observations;
    private readonly float[] actions;
    private readonly float[] rewards;
    private readonly float[] nextObservations;
    private readonly float[] continuations;
    private readonly bool[] nextMasks;
    private readonly float[] weights;
    private readonly int[] indices;

    /// <summary>Creates memory for a batch.</summary>
    /// <param name="layout">Numbers per transition.</param>
    /// <param name="count">Number of transitions.</param>
    public TransitionBatch(ReplayLayout layout, int count)
    {
        ArgumentNullException.ThrowIfNull(layout);
        layout.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Layout = layout;
        Count = count;
        observations = new float[checked(count * layout.ObservationWidth)];
        nextObservations = new float[observations.Length];
        actions = new float[checked(count * layout.ActionWidth)];
        rewards = new float[count];
        continuations = new float[count];
        nextMasks = new bool[checked(count * layout.MaskWidth)];
        weights = new float[count];
        indices = new int[count];
        Array.Fill(weights, 1);
    }

    /// <summary>Numbers per transition.</summary>
    public ReplayLayout Layout { get; }

    /// <summary>Number of transitions.</summary>
    public int Count { get; }

    /// <summary>s [batch, observation width].</summary>
    public Span<float> Observations => observations;

    /// <summary>a [batch, action width].</summary>
    public Span<float> Actions => actions;

    /// <summary>r [batch]; for transitions of several steps their discounted sum.</summary>
    public Span<float> Rewards => rewards;

    /// <summary>s' [batch, observation width].</summary>
    public Span<float> NextObservations => nextObservations;

    /// <summary>What multiplies gamma V(s') [batch]: 0 after termination, else 1, or gamma^(k-1) for a transition of k steps.</summary>
    public Span<float> Continuations => continuations;

    /// <summary>Which actions are legal in s' [batch, mask width]; empty without masks.</summary>
    public Span<bool> NextMasks => nextMasks;

    /// <summary>Importance weights [batch]; 1 for uniform draws.</summary>
    public Span<float> Weights => weights;

    /// <summary>Where the transitions lie in their buffer [batch].</summary>
    public Span<int> Indices => indices;
}
