using Proximal.Control.Algorithms.OffPolicy;
using Proximal.Control.Data;
using Proximal.Control.Policies;
using Proximal.Control.Replay;
using Proximal.Control.State;
using Proximal.Control.Values;
using Proximal.Models.Networks;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;

namespace Proximal.Control.Algorithms.Offline;

/// <summary>
/// TD3+BC (Fujimoto and Gu 2021): TD3 on a data set, whose actor also imitates: L_pi = -lambda mean Q_1(s, pi(s)) + mean (pi(s) - a)^2 with lambda =
/// alpha / mean |Q_1|; observations are scaled by (x - mean) / (deviation + 0.001).
/// </summary>
public sealed class Td3Bc : ValueLearner
{
    private readonly Td3BcOptions options;
    private readonly DeterministicPolicy actor;
    private readonly Network target;
    private readonly Adam optimizer;

    /// <summary>Prepares learning.</summary>
    /// <param name="data">What is learned from.</param>
    /// <param name="options">Settings.</param>
    /// <param name="workers">Threads of the kernels.</param>
    /// <exception cref="ArgumentException">The actions are no bounded box, or a setting is impossible.</exception>
    public Td3Bc(OfflineDataset data, Td3BcOptions? options = null, Workers? workers = null)
        : base(data, options ??= new Td3BcOptions(), workers)
    {
        this.options = options;
        actor = Acting(new DeterministicPolicy(data.ObservationSpace, data.ActionSpace, options.Network, 0, options.Seed, workers));
        target = NetworkBuilder.Build("actor", options.Network, new Shape(ObservationWidth), ActionWidth, 0.01, options.Seed);
        target.CopyFrom(actor.Network);
        optimizer = new Adam(actor.Parameters, new AdamOptions { LearningRate = options.PolicyLearningRate }, workers);
    }

    /// <inheritdoc/>
    private protected override void Learn(TransitionBatch batch, long update)
    {
        Inference.Reset();
        target.Forward(On(Inference, batch.NextObservations)).Tanh().Data.CopyTo(Actions);
        GaussianNoise.Fill(Stream(update, 0), Noise);
        Td3.SmoothTarget(Actions, Noise, options.TargetNoise, options.TargetNoiseClip);
        Judge(batch.NextObservations, Actions, ofTargets: true);
        FitCritics(batch, Least, update);
        if ((update + 1) % options.PolicyDelay != 0)
        {
            return;
        }

        Tape.Reset();
        Tensor actions = actor.Network.Forward(On(Tape, batch.Observations)).Tanh();
        Critics.ActionGradient(batch.Observations, actions.Data, least: false, Least, ActionGradient);
        double loss = OfflineFormulas.ImitatingAscent(Least, ActionGradient, actions.Data, batch.Actions, options.Alpha, ActionGradient);
        Metrics.Add("loss/policy", Finite(loss, "the policy's loss", update));
        Tape.Seed(actions, ActionGradient);
        Tape.Backward();
        optimizer.Step();
        optimizer.ClearGradients();
        Critics.MoveTargets(options.TargetRate);
        target.MoveTowards(actor.Network, (float)options.TargetRate);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        base.TransferState(state);
        state.Parameters(target.Parameters);
        state.Optimizer(optimizer);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            target.Dispose();
            optimizer.Dispose();
        }
    }
}
