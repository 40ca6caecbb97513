using Proximal.Control.State;

namespace Proximal.Control.Environments.Wrappers;

/// <summary>Copies whose observations are made anew from those inside, the last ones of ended episodes included.</summary>
public abstract class ObservationWrapper : VectorWrapper
{
    private readonly StepBatch inside;

    /// <summary>Wraps copies.</summary>
    /// <param name="inner">The copies inside, owned from here on.</param>
    /// <param name="specification">What the wrapped copies look like.</param>
    protected ObservationWrapper(VectorEnvironment inner, EnvironmentSpecification specification)
        : base(inner, specification) => inside = inner.CreateBatch();

    /// <inheritdoc/>
    public sealed override void Reset(ulong seed, StepBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Inner.Reset(seed, inside);
        batch.CopyOutcomes(inside);
        for (int copy = 0; copy < Count; copy++)
        {
            Begin(copy, Row(inside.Observations, Inner, copy), Row(batch.Observations, this, copy));
        }
    }

    /// <inheritdoc/>
    public sealed override void Step(ReadOnlySpan<float> actions, StepBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Inner.Step(actions, inside);
        batch.CopyOutcomes(inside);
        for (int copy = 0; copy < Count; copy++)
        {
            if (inside.Ended(copy))
            {
                Continue(copy, Row(inside.FinalObservations, Inner, copy), Row(batch.FinalObservations, this, copy));
                Begin(copy, Row(inside.Observations, Inner, copy), Row(batch.Observations, this, copy));
            }
            else
            {
                Continue(copy, Row(inside.Observations, Inner, copy), Row(batch.Observations, this, copy));
            }
        }
    }

    /// <inheritdoc/>
    public sealed override void Truncate(int copy, StepBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Ended(copy))
        {
            return;
        }

        // The observation after the step was made already and only changes its place.
        Row(batch.Observations, this, copy).CopyTo(Row(batch.FinalObservations, this, copy));
        Inner.Truncate(copy, inside);
        batch.CopyEnd(inside, copy);
        Begin(copy, Row(inside.Observations, Inner, copy), Row(batch.Observations, this, copy));
    }

    /// <inheritdoc/>
    public sealed override void Transfer(StateTransfer state)
    {
        TransferState(state);
        Inner.Transfer(state);
    }

    /// <summary>Makes the first observation of an episode.</summary>
    /// <param name="copy">Which copy.</param>
    /// <param name="inner">The observation inside.</param>
    /// <param name="outer">Receives what is seen outside.</param>
    protected abstract void Begin(int copy, ReadOnlySpan<float> inner, Span<float> outer);

    /// <summary>Makes the observation after a step.</summary>
    /// <param name="copy">Which copy.</param>
    /// <param name="inner">The observation inside.</param>
    /// <param name="outer">Receives what is seen outside.</param>
    protected abstract void Continue(int copy, ReadOnlySpan<float> inner, Span<float> outer);

    /// <summary>Carries the state of the wrapper, beginning with a section of its name.</summary>
    protected abstract void TransferState(StateTransfer state);

    private static Span<float> Row(Span<float> rows, VectorEnvironment owner, int copy)
    {
        int width = owner.Specification.Observations.Width;
        return rows.Slice(copy * width, width);
    }
}
