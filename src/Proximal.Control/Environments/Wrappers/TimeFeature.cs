using Proximal.Control.Spaces;
using Proximal.Control.State;

namespace Proximal.Control.Environments.Wrappers;

/// <summary>Adds the time t/T - 1/2 to observations, so that values can depend on what is left of an episode (Pardo et al. 2018).</summary>
public sealed class TimeFeature : EnvironmentWrapper
{
    private readonly int limit;

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">An environment whose observations are a vector and whose episodes have a limit.</param>
    /// <exception cref="ArgumentException">The observations are not a vector, or there is no limit.</exception>
    public TimeFeature(IEnvironment inner)
        : base(inner)
    {
        BoxSpace box = WrapperSpaces.RequireBox(inner.Specification, inner.Specification.Observations, "observations", nameof(TimeFeature));
        limit = inner.Specification.MaximumSteps;
        if (box.Shape.Rank != 1 || limit == 0)
        {
            throw new ArgumentException($"{inner.Specification.Name}: {nameof(TimeFeature)} takes vectors as observations, not {box}, and a limit of steps.", nameof(inner));
        }

        IReadOnlyList<string> names = inner.Specification.ObservationNames;
        Specification = inner.Specification with
        {
            Observations = new BoxSpace([.. box.Low, -0.5f], [.. box.High, 0.5f]),
            ObservationNames = names.Count == 0 ? [] : [.. names, "time"],
        };
    }

    /// <inheritdoc/>
    protected override VectorEnvironment Wrap(VectorEnvironment copies) => new Copies(copies, Specification, limit);

    private sealed class Copies(VectorEnvironment inner, EnvironmentSpecification specification, int limit) : ObservationWrapper(inner, specification)
    {
        private readonly int[] steps = new int[inner.Count];

        protected override void Begin(int copy, ReadOnlySpan<float> inner, Span<float> outer)
        {
            steps[copy] = 0;
            inner.CopyTo(outer);
            outer[^1] = -0.5f;
        }

        protected override void Continue(int copy, ReadOnlySpan<float> inner, Span<float> outer)
        {
            steps[copy]++;
            inner.CopyTo(outer);
            outer[^1] = (float)(((double)steps[copy] / limit) - 0.5);
        }

        protected override void TransferState(StateTransfer state)
        {
            state.Section(nameof(TimeFeature));
            state.Values<int>(steps);
        }
    }
}
