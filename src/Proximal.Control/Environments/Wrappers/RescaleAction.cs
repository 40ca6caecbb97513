using Proximal.Control.Spaces;

namespace Proximal.Control.Environments.Wrappers;

/// <summary>Actions from -1 to 1 become actions from bound to bound of a box: low + (a + 1) (high - low) / 2.</summary>
public sealed class RescaleAction : EnvironmentWrapper
{
    private readonly BoxSpace box;

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">An environment whose actions are a bounded box.</param>
    /// <exception cref="ArgumentException">The actions are not a box, or a bound is missing.</exception>
    public RescaleAction(IEnvironment inner)
        : base(inner)
    {
        box = WrapperSpaces.RequireBox(inner.Specification, inner.Specification.Actions, "actions", nameof(RescaleAction));
        if (!box.IsBounded)
        {
            throw new ArgumentException($"{inner.Specification.Name}: {nameof(RescaleAction)} takes actions with bounds on all sides.", nameof(inner));
        }

        Specification = inner.Specification with { Actions = new BoxSpace(box.Shape, -1, 1) };
    }

    /// <inheritdoc/>
    protected override VectorEnvironment Wrap(VectorEnvironment copies) => new Copies(copies, Specification, box);

    private sealed class Copies(VectorEnvironment inner, EnvironmentSpecification specification, BoxSpace box) : VectorWrapper(inner, specification)
    {
        private readonly float[] scaled = new float[inner.Count * box.Width];

        public override void Step(ReadOnlySpan<float> actions, StepBatch batch)
        {
            CheckActions(actions, 0);
            ReadOnlySpan<float> low = box.Low, high = box.High;
            for (int start = 0; start < actions.Length; start += low.Length)
            {
                for (int i = 0; i < low.Length; i++)
                {
                    scaled[start + i] = low[i] + ((actions[start + i] + 1) * (high[i] - low[i]) / 2);
                }
            }

            Inner.Step(scaled, batch);
        }
    }
}
