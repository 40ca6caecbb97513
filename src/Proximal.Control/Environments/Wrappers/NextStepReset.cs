using Proximal.Control.Spaces;
using Proximal.Control.State;

namespace Proximal.Control.Environments.Wrappers;

/// <summary>
/// Begins the next episode in a step of its own: the step that ends an episode shows its last observation, and the step after it ignores the action and
/// gives the first observation of the next episode with reward 0. The copy inside takes a spare step at that time, whose episode is thrown away.
/// </summary>
public sealed class NextStepReset : EnvironmentWrapper
{
    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment.</param>
    public NextStepReset(IEnvironment inner)
        : base(inner)
    {
    }

    /// <inheritdoc/>
    protected override VectorEnvironment Wrap(VectorEnvironment copies) => new Copies(copies);

    private sealed class Copies : VectorWrapper
    {
        private readonly bool[] ended;
        private readonly float[] taken;
        private readonly bool[] masks;
        private Action<int>? ending;

        public Copies(VectorEnvironment inner)
            : base(inner, inner.Specification)
        {
            ended = new bool[Count];
            taken = new float[Count * Specification.Actions.Width];
            masks = new bool[Count * Specification.MaskWidth];
            inner.EpisodeEnding = OnEnding;
        }

        public override Action<int>? EpisodeEnding
        {
            get => ending;
            set => ending = value;
        }

        public override void Reset(ulong seed, StepBatch batch)
        {
            ended.AsSpan().Clear();
            Inner.Reset(seed, batch);
            batch.ActionMasks.CopyTo(masks);
        }

        public override void Step(ReadOnlySpan<float> actions, StepBatch batch)
        {
            CheckActions(actions, 0);
            actions.CopyTo(taken);
            for (int copy = 0; copy < Count; copy++)
            {
                if (ended[copy])
                {
                    ChooseLegal(copy);
                }
            }

            Inner.Step(taken, batch);
            for (int copy = 0; copy < Count; copy++)
            {
                if (ended[copy])
                {
                    Inner.Truncate(copy, batch);
                    (batch.Rewards[copy], batch.Terminated[copy], batch.Truncated[copy], ended[copy]) = (0, false, false, false);
                }
                else if (batch.Ended(copy))
                {
                    ShowEnd(copy, batch);
                }
            }
        }

        public override void Truncate(int copy, StepBatch batch)
        {
            if (!batch.Ended(copy))
            {
                Inner.Truncate(copy, batch);
                ShowEnd(copy, batch);
            }
        }

        public override void Transfer(StateTransfer state)
        {
            state.Section(nameof(NextStepReset));
            state.Values<bool>(ended);
            state.Values<bool>(masks);
            Inner.Transfer(state);
        }

        private void ShowEnd(int copy, StepBatch batch)
        {
            int width = Specification.Observations.Width, maskWidth = Specification.MaskWidth;
            batch.FinalObservations.Slice(copy * width, width).CopyTo(batch.Observations[(copy * width)..]);
            Span<bool> mask = batch.ActionMasks.Slice(copy * maskWidth, maskWidth);
            mask.CopyTo(masks.AsSpan(copy * maskWidth));
            mask.Fill(true);
            ended[copy] = true;
        }

        /// <summary>Of the new episode inside, which nobody sees yet, the action of the policy may be illegal.</summary>
        private void ChooseLegal(int copy)
        {
            ReadOnlySpan<bool> mask = masks.AsSpan(copy * Specification.MaskWidth, Specification.MaskWidth);
            switch (Specification.Actions)
            {
                case DiscreteSpace when Specification.HasActionMask:
                    taken[copy] = mask.IndexOf(true);
                    break;
                case MultiDiscreteSpace space when Specification.HasActionMask:
                    for (int i = 0, start = 0; i < space.Width; start += space.Counts[i++])
                    {
                        taken[(copy * space.Width) + i] = mask.Slice(start, space.Counts[i]).IndexOf(true);
                    }

                    break;
            }
        }

        private void OnEnding(int copy)
        {
            if (!ended[copy])
            {
                ending?.Invoke(copy);
            }
        }
    }
}
