using Proximal.Control.Data;
using Proximal.Control.Policies;
using Proximal.Control.Replay;
using Proximal.Control.State;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;

namespace Proximal.Control.Algorithms.Offline;

/// <summary>
/// Advantage-weighted actor-critic (Nair et al. 2020). y = r + gamma c min_i Q'_i(s', a') with a' from the policy; L_pi = -mean min(exp(A / lambda), 100)
/// log pi(a | s) with A = min_i Q_i(s, a) - min_i Q_i(s, a_pi) and a_pi from the policy.
/// </summary>
public sealed class Awac : ValueLearner
{
    private const int NextActionStream = 0, PolicyStream = 1;

    private readonly AwacOptions options;
    private readonly GaussianPolicy policy;
    private readonly Adam optimizer;
    private readonly float[] weights;

    /// <summary>Prepares learning.</summary>
    /// <param name="data">What is learned from.</param>
    /// <param name="options">Settings.</param>
    /// <param name="workers">Threads of the kernels.</param>
    /// <exception cref="ArgumentException">The actions are no bounded box, or a setting is impossible.</exception>
    public Awac(OfflineDataset data, AwacOptions? options = null, Workers? workers = null)
        : base(data, options ??= new AwacOptions(), workers)
    {
        this.options = options;
        policy = Acting(new GaussianPolicy(data.ObservationSpace, data.ActionSpace, options.Network, options.Seed, workers));
        optimizer = new Adam(policy.Parameters, new AdamOptions { LearningRate = options.PolicyLearningRate }, workers);
        weights = new float[Rows];
    }

    /// <inheritdoc/>
    private protected override void Learn(TransitionBatch batch, long update)
    {
        Sample(batch.NextObservations, update, NextActionStream);
        Judge(batch.NextObservations, Actions, ofTargets: true);
        FitCritics(batch, Least, update);

        Judge(batch.Observations, batch.Actions, ofTargets: false);
        Least.CopyTo(weights, 0);
        Sample(batch.Observations, update, PolicyStream);
        Judge(batch.Observations, Actions, ofTargets: false);
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] -= Least[i];
        }

        OfflineFormulas.AdvantageWeights(weights, 1 / options.Lambda, options.LargestWeight, weights);
        Tape.Reset();
        Tensor loss = policy.NegativeLogLikelihood(
            On(Tape, batch.Observations), Tape.Input(new Shape(Rows, ActionWidth), batch.Actions), Tape.Input(new Shape(Rows, 1), weights));
        Metrics.Add("loss/policy", Finite(loss, "the policy's loss", update));
        Tape.Backward(loss);
        optimizer.Step();
        optimizer.ClearGradients();
        Critics.MoveTargets(options.TargetRate);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        base.TransferState(state);
        state.Optimizer(optimizer);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            optimizer.Dispose();
        }
    }

    private void Sample(ReadOnlySpan<float> observations, long update, int which)
    {
        Inference.Reset();
        policy.SampleUnit(On(Inference, observations), Stream(update, which), Actions);
    }
}
