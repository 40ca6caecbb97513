using Proximal.Control.Spaces;
using Proximal.Control.State;

namespace Proximal.Control.Environments.Wrappers;

/// <summary>The last observations instead of one, the oldest first. An episode begins with its first observation in every place.</summary>
public sealed class FrameStack : EnvironmentWrapper
{
    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">An environment whose observations are a box; the first axis (channels of a picture) becomes longer.</param>
    /// <param name="frames">Observations in a stack, 2 to 256.</param>
    /// <exception cref="ArgumentException">The observations are not a box.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside its range.</exception>
    public FrameStack(IEnvironment inner, int frames)
        : base(inner)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frames, 256);
        BoxSpace box = WrapperSpaces.RequireBox(inner.Specification, inner.Specification.Observations, "observations", nameof(FrameStack));
        Specification = inner.Specification with { Observations = box.Repeated(frames), ObservationNames = [] };
    }

    /// <inheritdoc/>
    protected override VectorEnvironment Wrap(VectorEnvironment copies) => new Copies(copies, Specification);

    private sealed class Copies(VectorEnvironment inner, EnvironmentSpecification specification) : ObservationWrapper(inner, specification)
    {
        private readonly float[] stacks = new float[inner.Count * specification.Observations.Width];

        protected override void Begin(int copy, ReadOnlySpan<float> inner, Span<float> outer)
        {
            Span<float> stack = stacks.AsSpan(copy * outer.Length, outer.Length);
            for (int start = 0; start < stack.Length; start += inner.Length)
            {
                inner.CopyTo(stack[start..]);
            }

            stack.CopyTo(outer);
        }

        protected override void Continue(int copy, ReadOnlySpan<float> inner, Span<float> outer)
        {
            Span<float> stack = stacks.AsSpan(copy * outer.Length, outer.Length);
            stack[inner.Length..].CopyTo(stack);
            inner.CopyTo(stack[^inner.Length..]);
            stack.CopyTo(outer);
        }

        protected override void TransferState(StateTransfer state)
        {
            state.Section(nameof(FrameStack));
            state.Values<float>(stacks);
        }
    }
}
