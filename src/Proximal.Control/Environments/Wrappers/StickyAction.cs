using Proximal.Control.State;

namespace Proximal.Control.Environments.Wrappers;

/// <summary>Repeats the action of the step before with some probability (Machado et al. 2018). The first action of an episode is always taken.</summary>
public sealed class StickyAction : EnvironmentWrapper
{
    private readonly double probability;

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">An environment in which every action is legal at every time.</param>
    /// <param name="probability">Of a repetition, 0 to 1.</param>
    /// <exception cref="ArgumentException">Some actions can be illegal.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside its range.</exception>
    public StickyAction(IEnvironment inner, double probability = 0.25)
        : base(inner)
    {
        if (!(probability >= 0 && probability <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "The probability is outside 0 to 1.");
        }

        if (inner.Specification.HasActionMask)
        {
            throw new ArgumentException($"{inner.Specification.Name}: a repeated action could be illegal, {nameof(StickyAction)} takes environments without action masks.", nameof(inner));
        }

        this.probability = probability;
    }

    /// <inheritdoc/>
    protected override VectorEnvironment Wrap(VectorEnvironment copies) => new Copies(copies, probability);

    private sealed class Copies(VectorEnvironment inner, double probability) : VectorWrapper(inner, inner.Specification)
    {
        // Keeps the numbers apart from those that the environment draws with the same seed.
        private const ulong Salt = 0x5EED_0F_571C_C1E5;

        private readonly float[] executed = new float[inner.Count * inner.Specification.Actions.Width];
        private readonly bool[] begun = new bool[inner.Count];
        private readonly EpisodeRandom[] randoms = new EpisodeRandom[inner.Count];

        public override void Reset(ulong seed, StepBatch batch)
        {
            begun.AsSpan().Clear();
            for (int copy = 0; copy < Count; copy++)
            {
                randoms[copy] = new EpisodeRandom(seed ^ Salt, copy);
            }

            Inner.Reset(seed, batch);
        }

        public override void Step(ReadOnlySpan<float> actions, StepBatch batch)
        {
            CheckActions(actions, 0);
            int width = Specification.Actions.Width;
            for (int copy = 0; copy < Count; copy++)
            {
                bool repeat = randoms[copy].Chance(probability) && begun[copy];
                if (!repeat)
                {
                    actions.Slice(copy * width, width).CopyTo(executed.AsSpan(copy * width));
                }

                begun[copy] = true;
            }

            Inner.Step(executed, batch);
            for (int copy = 0; copy < Count; copy++)
            {
                if (batch.Ended(copy))
                {
                    NextEpisode(copy);
                }
            }
        }

        public override void Truncate(int copy, StepBatch batch)
        {
            if (!batch.Ended(copy))
            {
                Inner.Truncate(copy, batch);
                NextEpisode(copy);
            }
        }

        public override void Transfer(StateTransfer state)
        {
            state.Section(nameof(StickyAction));
            state.Values<float>(executed);
            state.Values<bool>(begun);
            foreach (ref EpisodeRandom random in randoms.AsSpan())
            {
                random.Transfer(state);
            }

            Inner.Transfer(state);
        }

        private void NextEpisode(int copy)
        {
            begun[copy] = false;
            randoms[copy] = randoms[copy].NextEpisode();
        }
    }
}
