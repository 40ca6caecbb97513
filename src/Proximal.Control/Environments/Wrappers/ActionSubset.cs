using Proximal.Control.Spaces;

namespace Proximal.Control.Environments.Wrappers;

/// <summary>Some of the actions of an environment, counted anew: the ones that matter in it.</summary>
public sealed class ActionSubset : EnvironmentWrapper
{
    private readonly int[] actions;

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">An environment with discrete actions.</param>
    /// <param name="actions">Its actions that are left; action 0 of the wrapper is the first of them.</param>
    /// <exception cref="ArgumentException">The actions are not discrete, or one that is left does not exist or occurs twice.</exception>
    public ActionSubset(IEnvironment inner, params ReadOnlySpan<int> actions)
        : base(inner)
    {
        if (inner.Specification.Actions is not DiscreteSpace discrete)
        {
            throw new ArgumentException($"{inner.Specification.Name}: {nameof(ActionSubset)} takes discrete actions, not {inner.Specification.Actions}.", nameof(inner));
        }

        HashSet<int> seen = [];
        foreach (int action in actions)
        {
            if ((uint)action >= (uint)discrete.Count || !seen.Add(action))
            {
                throw new ArgumentException($"{inner.Specification.Name}: action {action} occurs twice or is outside 0 to {discrete.Count - 1}.", nameof(actions));
            }
        }

        this.actions = actions.ToArray();
        IReadOnlyList<string> names = inner.Specification.ActionNames;
        int[] kept = this.actions;
        Specification = inner.Specification with
        {
            Actions = new DiscreteSpace(kept.Length),
            ActionNames = names.Count == 0 ? [] : [.. kept.Select(action => names[action])],
            ActionNumbers = [.. inner.Specification.ActionNumbers.Select(numbers => numbers with { Values = [.. kept.Select(action => numbers.Values[action])] })],
        };
    }

    /// <inheritdoc/>
    protected override VectorEnvironment Wrap(VectorEnvironment copies) => new Copies(copies, Specification, actions);

    private sealed class Copies(VectorEnvironment inner, EnvironmentSpecification specification, int[] actions) : VectorWrapper(inner, specification)
    {
        private readonly float[] meant = new float[inner.Count];
        private readonly StepBatch? inside = specification.HasActionMask ? inner.CreateBatch() : null;

        public override void Reset(ulong seed, StepBatch batch)
        {
            Inner.Reset(seed, inside ?? batch);
            CopyOut(0, Count, batch);
        }

        public override void Step(ReadOnlySpan<float> chosen, StepBatch batch)
        {
            CheckActions(chosen, 0);
            for (int copy = 0; copy < Count; copy++)
            {
                meant[copy] = actions[(int)chosen[copy]];
            }

            Inner.Step(meant, inside ?? batch);
            inside?.Rewards.CopyTo(batch.Rewards);
            CopyOut(0, Count, batch);
        }

        public override void Truncate(int copy, StepBatch batch)
        {
            Inner.Truncate(copy, inside ?? batch);
            CopyOut(copy, copy + 1, batch);
        }

        /// <summary>Where there are masks the batches differ in their width. Rewards stay: wrappers outside may have changed them.</summary>
        private void CopyOut(int first, int end, StepBatch batch)
        {
            if (inside is null)
            {
                return;
            }

            int width = Specification.Observations.Width, metrics = Specification.Metrics.Count, maskWidth = Inner.Specification.MaskWidth;
            for (int copy = first; copy < end; copy++)
            {
                inside.Observations.Slice(copy * width, width).CopyTo(batch.Observations[(copy * width)..]);
                inside.FinalObservations.Slice(copy * width, width).CopyTo(batch.FinalObservations[(copy * width)..]);
                inside.Metrics.Slice(copy * metrics, metrics).CopyTo(batch.Metrics[(copy * metrics)..]);
                batch.Terminated[copy] = inside.Terminated[copy];
                batch.Truncated[copy] = inside.Truncated[copy];
                for (int i = 0; i < actions.Length; i++)
                {
                    batch.ActionMasks[(copy * actions.Length) + i] = inside.ActionMasks[(copy * maskWidth) + actions[i]];
                    batch.FinalActionMasks[(copy * actions.Length) + i] = inside.FinalActionMasks[(copy * maskWidth) + actions[i]];
                }
            }
        }
    }
}
