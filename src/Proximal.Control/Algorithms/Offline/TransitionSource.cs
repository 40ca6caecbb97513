using Proximal.Control.Data;
using Proximal.Control.Normalization;
using Proximal.Control.Replay;
using Proximal.Control.Spaces;
using Proximal.Tensors.Random;

namespace Proximal.Control.Algorithms.Offline;

/// <summary>
/// Batches of a data set as networks take them: observations encoded and perhaps scaled, actions in [-1, 1] (or one index), rewards times a factor.
/// </summary>
internal sealed class TransitionSource
{
    private readonly ReplayBuffer buffer;

    public TransitionSource(OfflineDataset data, int batchSize, double rewardScale, RowScaling? scaling = null)
    {
        Space space = data.ObservationSpace;
        int width = space.EncodedWidth, actionWidth = data.ActionSpace.Width;
        buffer = new ReplayBuffer(new ReplayLayout(width, actionWidth), data.Count);
        float[] observation = new float[width], next = new float[width], action = new float[actionWidth];
        for (int i = 0; i < data.Count; i++)
        {
            space.Encode(data.Observation(i), observation);
            space.Encode(data.NextObservation(i), next);
            scaling?.Apply(observation);
            scaling?.Apply(next);
            if (data.ActionSpace is BoxSpace box)
            {
                box.ToUnit(data.Action(i), action);
            }
            else
            {
                data.Action(i).CopyTo(action);
            }

            buffer.Add(observation, action, (float)(rewardScale * data.Rewards[i]), next, data.Terminated[i] ? 0 : 1);
        }

        Batch = new TransitionBatch(buffer.Layout, batchSize);
    }

    /// <summary>The last batch.</summary>
    public TransitionBatch Batch { get; }

    /// <summary>Draws the batch of an update, uniformly with replacement.</summary>
    public TransitionBatch Draw(ulong seed, long update)
    {
        buffer.Sample(new RandomStream(seed, RandomPurpose.Replay, update), Batch);
        return Batch;
    }
}
