using Proximal.Control.Environments;

namespace Proximal.Control.Data;

/// <summary>Lets controllers act and keeps what happens.</summary>
public static class DatasetCollector
{
    /// <summary>Collects transitions.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="controller">Who acts.</param>
    /// <param name="transitions">Number of transitions.</param>
    /// <param name="source">Name of who acts, as <c>expert</c>.</param>
    /// <param name="seed">Seed of the episodes.</param>
    /// <param name="copies">Copies that are stepped together; each gives its share, so that short episodes are not preferred.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    public static OfflineDataset Collect(IEnvironment environment, Controller controller, int transitions, string source, ulong seed, int copies = 8)
    {
        ArgumentNullException.ThrowIfNull(controller);
        ArgumentOutOfRangeException.ThrowIfLessThan(transitions, 1);
        copies = Math.Min(copies, transitions);
        TransitionRecorder recorder = new(environment, source, seed);
        using VectorEnvironment vector = recorder.CreateVector(copies);
        StepBatch batch = vector.CreateBatch();
        float[] actions = new float[copies * vector.Specification.Actions.Width];
        vector.Reset(seed, batch);
        for (int step = 0; step < (transitions + copies - 1) / copies; step++)
        {
            controller(batch, actions);
            vector.Step(actions, batch);
        }

        return recorder.ToDataset(transitions);
    }
}
