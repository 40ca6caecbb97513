using Proximal.Control.Spaces;

namespace Proximal.Control.Environments.Wrappers;

/// <summary>Cuts actions to the bounds of their box.</summary>
public sealed class ClipAction : EnvironmentWrapper
{
    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">An environment whose actions are a box.</param>
    /// <exception cref="ArgumentException">The actions are not a box.</exception>
    public ClipAction(IEnvironment inner)
        : base(inner) => WrapperSpaces.RequireBox(inner.Specification, inner.Specification.Actions, "actions", nameof(ClipAction));

    /// <inheritdoc/>
    protected override VectorEnvironment Wrap(VectorEnvironment copies) => new Copies(copies);

    private sealed class Copies(VectorEnvironment inner) : VectorWrapper(inner, inner.Specification)
    {
        private readonly BoxSpace box = (BoxSpace)inner.Specification.Actions;
        private readonly float[] clipped = new float[inner.Count * inner.Specification.Actions.Width];

        public override void Step(ReadOnlySpan<float> actions, StepBatch batch)
        {
            CheckActions(actions, 0);
            ReadOnlySpan<float> low = box.Low, high = box.High;
            for (int start = 0; start < actions.Length; start += low.Length)
            {
                for (int i = 0; i < low.Length; i++)
                {
                    clipped[start + i] = Math.Clamp(actions[start + i], low[i], high[i]);
                }
            }

            Inner.Step(clipped, batch);
        }
    }
}
