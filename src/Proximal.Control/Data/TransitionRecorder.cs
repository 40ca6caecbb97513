using Proximal.Control.Environments;
using Proximal.Control.Environments.Wrappers;

namespace Proximal.Control.Data;

/// <summary>
/// Keeps every transition of the copies that are made of it: what a learner saw while it learned becomes a data set (<c>replay</c>), and what a
/// controller did becomes one (<c>expert</c>).
/// </summary>
public sealed class TransitionRecorder : EnvironmentWrapper
{
    private readonly List<DatasetBuilder> builders = [];
    private readonly DatasetInformation information;

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment.</param>
    /// <param name="source">Who acts.</param>
    /// <param name="seed">Seed that is noted in the data.</param>
    public TransitionRecorder(IEnvironment inner, string source, ulong seed = 0)
        : base(inner) => information = new DatasetInformation { Environment = Specification.Name, Source = source, Seed = seed };

    /// <summary>Transitions so far, over all copies.</summary>
    public int Count => builders.Sum(builder => builder.Count);

    /// <summary>What was recorded: the copies one after the other, with the running episode of each cut off there.</summary>
    /// <param name="limit">The most transitions; those of the last copies are left out.</param>
    /// <exception cref="ArgumentException">There is no transition.</exception>
    public OfflineDataset ToDataset(int limit = int.MaxValue)
    {
        DatasetBuilder whole = NewBuilder();
        foreach (DatasetBuilder builder in builders.Where(builder => builder.Count > 0))
        {
            OfflineDataset part = builder.ToDataset();
            whole.Add(part, 0, Math.Min(part.Count, limit - whole.Count));
            whole.EndTrajectory();
        }

        return whole.ToDataset();
    }

    private DatasetBuilder NewBuilder() => new(Specification.Observations, Specification.Actions, information);

    /// <inheritdoc/>
    protected override VectorEnvironment Wrap(VectorEnvironment copies)
    {
        DatasetBuilder[] own = [.. Enumerable.Range(0, copies.Count).Select(_ => NewBuilder())];
        builders.AddRange(own);
        return new Copies(copies, own);
    }

    private sealed class Copies(VectorEnvironment inner, DatasetBuilder[] builders) : VectorWrapper(inner, inner.Specification)
    {
        private readonly float[] before = new float[inner.Count * inner.Specification.Observations.Width];

        public override void Reset(ulong seed, StepBatch batch)
        {
            Inner.Reset(seed, batch);
            foreach (DatasetBuilder builder in builders)
            {
                builder.EndTrajectory();
            }

            batch.Observations.CopyTo(before);
        }

        public override void Step(ReadOnlySpan<float> actions, StepBatch batch)
        {
            Inner.Step(actions, batch);
            int width = Specification.Observations.Width, actionWidth = Specification.Actions.Width;
            for (int copy = 0; copy < Count; copy++)
            {
                ReadOnlySpan<float> next = (batch.Ended(copy) ? batch.FinalObservations : batch.Observations).Slice(copy * width, width);
                builders[copy].Add(before.AsSpan(copy * width, width), actions.Slice(copy * actionWidth, actionWidth), batch.Rewards[copy], next, batch.Terminated[copy], batch.Truncated[copy]);
            }

            batch.Observations.CopyTo(before);
        }

        public override void Truncate(int copy, StepBatch batch)
        {
            Inner.Truncate(copy, batch);
            builders[copy].EndTrajectory();
            int width = Specification.Observations.Width;
            batch.Observations.Slice(copy * width, width).CopyTo(before.AsSpan(copy * width));
        }
    }
}
