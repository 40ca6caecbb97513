namespace Proximal.Control.Environments;

/// <summary>The results of a step of all copies, flat and used again at every step.</summary>
public sealed class StepBatch
{
    private readonly float[] observations;
    private readonly float[] finalObservations;
    private readonly float[] rewards;
    private readonly bool[] terminated;
    private readonly bool[] truncated;
    private readonly bool[] masks;
    private readonly bool[] finalMasks;
    private readonly float[] metrics;

    internal StepBatch(EnvironmentSpecification specification, int count)
    {
        Count = count;
        observations = new float[checked(count * specification.Observations.Width)];
        finalObservations = new float[observations.Length];
        rewards = new float[count];
        terminated = new bool[count];
        truncated = new bool[count];
        masks = new bool[checked(count * specification.MaskWidth)];
        finalMasks = new bool[masks.Length];
        metrics = new float[checked(count * specification.Metrics.Count)];
        Array.Fill(masks, true);
        Array.Fill(finalMasks, true);
    }

    /// <summary>Number of copies.</summary>
    public int Count { get; }

    /// <summary>What the policy sees next [copies, observation width]: for a copy whose episode ended, the first observation of the new one.</summary>
    public Span<float> Observations => observations;

    /// <summary>The last observation of the episodes that ended [copies, observation width]; other rows hold older values.</summary>
    public Span<float> FinalObservations => finalObservations;

    /// <summary>Rewards [copies].</summary>
    public Span<float> Rewards => rewards;

    /// <summary>Whether the process ended [copies]: the value of what follows is 0.</summary>
    public Span<bool> Terminated => terminated;

    /// <summary>Whether the episode was cut off by a limit [copies]: the value of what follows is that of the final observation.</summary>
    public Span<bool> Truncated => truncated;

    /// <summary>Which actions are legal next [copies, mask width]; empty for an environment without masks.</summary>
    public Span<bool> ActionMasks => masks;

    /// <summary>Which actions are legal in the final observation of the episodes that were cut off [copies, mask width]; other rows hold older values.</summary>
    public Span<bool> FinalActionMasks => finalMasks;

    /// <summary>The named numbers of the episodes that ended [copies, metrics]; other rows hold older values.</summary>
    public Span<float> Metrics => metrics;

    /// <summary>Takes everything but observations from a batch with the same masks and metrics.</summary>
    internal void CopyOutcomes(StepBatch other)
    {
        other.rewards.CopyTo(rewards, 0);
        other.terminated.CopyTo(terminated, 0);
        other.truncated.CopyTo(truncated, 0);
        other.masks.CopyTo(masks, 0);
        other.finalMasks.CopyTo(finalMasks, 0);
        other.metrics.CopyTo(metrics, 0);
    }

    /// <summary>Takes what the end of an episode changes for one copy, observations apart.</summary>
    internal void CopyEnd(StepBatch other, int copy)
    {
        terminated[copy] = other.terminated[copy];
        truncated[copy] = other.truncated[copy];
        int maskWidth = masks.Length / Count, metricWidth = metrics.Length / Count;
        other.masks.AsSpan(copy * maskWidth, maskWidth).CopyTo(masks.AsSpan(copy * maskWidth));
        other.finalMasks.AsSpan(copy * maskWidth, maskWidth).CopyTo(finalMasks.AsSpan(copy * maskWidth));
        other.metrics.AsSpan(copy * metricWidth, metricWidth).CopyTo(metrics.AsSpan(copy * metricWidth));
    }

    /// <summary>Whether the episode of a copy ended in this step.</summary>
    public bool Ended(int copy) => terminated[copy] || truncated[copy];
}
