using System.Runtime.InteropServices;
using Proximal.Control.Spaces;
using Proximal.Tensors.Segments;

namespace Proximal.Control.Policies;

/// <summary>Sequences of steps as a decision transformer takes them, used again for every batch.</summary>
public sealed class DecisionTransformerInput
{
    private readonly Space observationSpace;
    private readonly Space actionSpace;
    private readonly int longestEpisode;
    private readonly List<float> returns = [];
    private readonly List<float> observations = [];
    private readonly List<float> actions = [];
    private readonly List<int> times = [];
    private readonly List<int> ends = [];

    /// <summary>Creates memory for sequences.</summary>
    /// <param name="observationSpace">Where observations come from.</param>
    /// <param name="actionSpace">A discrete or bounded box space.</param>
    /// <param name="longestEpisode">Later times count as the last.</param>
    public DecisionTransformerInput(Space observationSpace, Space actionSpace, int longestEpisode)
    {
        ArgumentNullException.ThrowIfNull(observationSpace);
        ArgumentNullException.ThrowIfNull(actionSpace);
        (this.observationSpace, this.actionSpace, this.longestEpisode) = (observationSpace, actionSpace, longestEpisode);
    }

    /// <summary>Steps of all sequences.</summary>
    public int Steps => times.Count;

    /// <summary>Which rows (three a step) belong to which sequence.</summary>
    public SegmentLayout Layout { get; } = new();

    /// <summary>Returns still to come [steps].</summary>
    public ReadOnlySpan<float> Returns => CollectionsMarshal.AsSpan(returns);

    /// <summary>[steps, encoded observation width].</summary>
    public ReadOnlySpan<float> Observations => CollectionsMarshal.AsSpan(observations);

    /// <summary>[steps, encoded action width]: one-hot, or scaled to [-1, 1].</summary>
    public ReadOnlySpan<float> Actions => CollectionsMarshal.AsSpan(actions);

    /// <summary>Time of every step within its episode [steps].</summary>
    public ReadOnlySpan<int> Times => CollectionsMarshal.AsSpan(times);

    /// <summary>The last step of a sequence.</summary>
    public int LastStep(int sequence) => ends[sequence];

    /// <summary>Forgets the sequences and keeps the memory.</summary>
    public void Clear()
    {
        returns.Clear();
        observations.Clear();
        actions.Clear();
        times.Clear();
        ends.Clear();
        Layout.Clear();
    }

    /// <summary>Begins a sequence.</summary>
    /// <param name="steps">Its number of steps, all of which must be added before the next begins.</param>
    public void Begin(int steps)
    {
        ends.Add(times.Count + steps - 1);
        Layout.Add(-1, 3 * steps);
    }

    /// <summary>Adds a step.</summary>
    /// <param name="time">Time within the episode, from 0.</param>
    /// <param name="returnToGo">Return still to come.</param>
    /// <param name="observation">[observation width].</param>
    /// <param name="action">[action width].</param>
    public void Add(int time, float returnToGo, ReadOnlySpan<float> observation, ReadOnlySpan<float> action)
    {
        times.Add(Math.Min(time, longestEpisode - 1));
        returns.Add(returnToGo);
        observationSpace.Encode(observation, Grow(observations, observationSpace.EncodedWidth));
        Span<float> encoded = Grow(actions, actionSpace.EncodedWidth);
        if (actionSpace is BoxSpace box)
        {
            box.ToUnit(action, encoded);
        }
        else
        {
            actionSpace.Encode(action, encoded);
        }
    }

    private static Span<float> Grow(List<float> list, int count)
    {
        int start = list.Count;
        CollectionsMarshal.SetCount(list, start + count);
        return CollectionsMarshal.AsSpan(list)[start..];
    }
}
