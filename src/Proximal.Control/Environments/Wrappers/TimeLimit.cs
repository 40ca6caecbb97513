using Proximal.Control.State;

namespace Proximal.Control.Environments.Wrappers;

/// <summary>Truncates episodes after a number of steps.</summary>
public sealed class TimeLimit : EnvironmentWrapper
{
    private readonly int limit;

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment; its own limit stays.</param>
    /// <param name="limit">Steps after which an episode is truncated.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public TimeLimit(IEnvironment inner, int limit)
        : base(inner)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        this.limit = limit;
        int own = inner.Specification.MaximumSteps;
        Specification = inner.Specification with { MaximumSteps = own == 0 ? limit : Math.Min(own, limit) };
    }

    /// <inheritdoc/>
    protected override VectorEnvironment Wrap(VectorEnvironment copies) => new Copies(copies, Specification, limit);

    private sealed class Copies(VectorEnvironment inner, EnvironmentSpecification specification, int limit) : VectorWrapper(inner, specification)
    {
        private readonly int[] steps = new int[inner.Count];

        public override void Reset(ulong seed, StepBatch batch)
        {
            steps.AsSpan().Clear();
            Inner.Reset(seed, batch);
        }

        public override void Step(ReadOnlySpan<float> actions, StepBatch batch)
        {
            Inner.Step(actions, batch);
            for (int copy = 0; copy < Count; copy++)
            {
                steps[copy]++;
                if (batch.Ended(copy))
                {
                    steps[copy] = 0;
                }
                else if (steps[copy] >= limit)
                {
                    Truncate(copy, batch);
                }
            }
        }

        public override void Truncate(int copy, StepBatch batch)
        {
            Inner.Truncate(copy, batch);
            steps[copy] = 0;
        }

        public override void Transfer(StateTransfer state)
        {
            state.Section(nameof(TimeLimit));
            state.Values<int>(steps);
            Inner.Transfer(state);
        }
    }
}
