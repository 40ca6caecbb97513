using Proximal.Control.Data;
using Proximal.Control.Normalization;
using Proximal.Control.Policies;
using Proximal.Control.Replay;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Control.Values;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;
using Proximal.Tensors.Random;

namespace Proximal.Control.Algorithms.Offline;

/// <summary>The base of learners from data with two critics: draws batches, keeps critics and their targets, and holds the memory of an update.</summary>
public abstract class ValueLearner : OfflineLearner
{
    private readonly ValueLearningOptions options;
    private readonly TransitionSource source;
    private readonly RowScaling? scaling;
    private Policy? acting;

    private protected ValueLearner(OfflineDataset data, ValueLearningOptions options, Workers? workers)
        : base(data, options, workers)
    {
        this.options = options;
        if (data.ActionSpace is not BoxSpace { IsBounded: true })
        {
            throw new ArgumentException($"{GetType().Name} takes actions of a bounded box, not {data.ActionSpace}.", nameof(data));
        }

        if (options.ScaleObservations && data.ObservationSpace is BoxSpace)
        {
            scaling = new RowScaling("observations", data.ObservationSpace.Width);
            scaling.Fit(data.Observations);
        }

        source = new TransitionSource(data, options.BatchSize, options.RewardScale, scaling);
        Rows = options.BatchSize;
        ActionWidth = data.ActionSpace.Width;
        ObservationWidth = data.ObservationSpace.EncodedWidth;
        Critics = new CriticEnsemble(
            "critic", 2, ObservationWidth, ActionWidth, options.Network, new AdamOptions { LearningRate = options.CriticLearningRate }, options.Seed, workers);
        Inference = new Tape(workers, recording: false);
        Pair = new float[2 * Rows];
        Least = new float[Rows];
        Targets = new float[Rows];
        Noise = new float[Rows * ActionWidth];
        Actions = new float[Rows * ActionWidth];
        ActionGradient = new float[Rows * ActionWidth];
    }

    /// <inheritdoc/>
    public sealed override Policy Policy => acting!;

    /// <summary>The critics, of observations that are scaled.</summary>
    public CriticEnsemble Critics { get; }

    private protected int Rows { get; }

    private protected int ActionWidth { get; }

    private protected int ObservationWidth { get; }

    /// <summary>Where nothing is recorded.</summary>
    private protected Tape Inference { get; }

    /// <summary>Values of both critics [2, batch].</summary>
    private protected float[] Pair { get; }

    /// <summary>The smaller of both [batch].</summary>
    private protected float[] Least { get; }

    /// <summary>y [batch].</summary>
    private protected float[] Targets { get; }

    /// <summary>Normal numbers [batch, action width].</summary>
    private protected float[] Noise { get; }

    /// <summary>Actions of the policy in [-1, 1] [batch, action width].</summary>
    private protected float[] Actions { get; }

    /// <summary>dQ/da, and then the derivative of the policy's loss [batch, action width].</summary>
    private protected float[] ActionGradient { get; }

    /// <inheritdoc/>
    private protected sealed override void Update(long update) => Learn(source.Draw(Seed, update), update);

    /// <summary>Names the policy that is learned, which then acts on observations scaled as those it learns from, and is saved and freed with the critics.</summary>
    private protected TPolicy Acting<TPolicy>(TPolicy policy)
        where TPolicy : Policy
    {
        acting = scaling is null ? policy : new ScaledPolicy(policy, scaling);
        return policy;
    }

    /// <summary>Learns from a batch.</summary>
    private protected abstract void Learn(TransitionBatch batch, long update);

    /// <summary>The observations of a batch on a tape [batch, observation width].</summary>
    private protected Tensor On(Tape tape, ReadOnlySpan<float> observations) => tape.Input(new Shape(observations.Length / ObservationWidth, ObservationWidth), observations);

    /// <summary>Random numbers of an update.</summary>
    private protected RandomStream Stream(long update, int which) => new(Seed, RandomPurpose.Component, update, which);

    /// <summary>Computes min_i Q_i(s, a), or of the target networks, into <see cref="Least"/>.</summary>
    private protected void Judge(ReadOnlySpan<float> observations, ReadOnlySpan<float> actions, bool ofTargets)
    {
        Critics.Evaluate(observations, actions, ofTargets, Pair);
        TemporalDifference.Least(Pair, Least);
    }

    /// <summary>A step of the critics towards y = r + gamma c v(s').</summary>
    private protected void FitCritics(TransitionBatch batch, ReadOnlySpan<float> nextValues, long update)
    {
        TemporalDifference.Targets(batch.Rewards, batch.Continuations, nextValues, options.Discount, Targets);
        Metrics.Add("loss/critic", Finite(Critics.Fit(batch.Observations, batch.Actions, Targets), "the critics' loss", update));
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Critics.Transfer(state);
        state.Parameters(Policy.Parameters);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            acting?.Dispose();
            Critics.Dispose();
            Inference.Dispose();
        }
    }
}
