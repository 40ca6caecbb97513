using Proximal.Control.Data;
using Proximal.Control.Policies;
using Proximal.Control.Replay;
using Proximal.Control.State;
using Proximal.Models.Networks;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;

namespace Proximal.Control.Algorithms.Offline;

/// <summary>
/// Implicit Q-learning (Kostrikov, Nair and Levine 2022), which never asks for the value of an action outside the data. L_V = mean |tau - 1[u &lt; 0]| u^2
/// with u = min_i Q'_i(s, a) - V(s); L_Q = sum_i mean (Q_i(s, a) - r - gamma c V(s'))^2; L_pi = -mean min(exp(beta u), 100) log pi(a | s).
/// </summary>
public sealed class ImplicitQLearning : ValueLearner
{
    private readonly ImplicitQLearningOptions options;
    private readonly GaussianPolicy policy;
    private readonly Network value;
    private readonly Adam valueOptimizer;
    private readonly Adam policyOptimizer;
    private readonly float[] valueGradient;
    private readonly float[] weights;

    /// <summary>Prepares learning.</summary>
    /// <param name="data">What is learned from.</param>
    /// <param name="options">Settings.</param>
    /// <param name="workers">Threads of the kernels.</param>
    /// <exception cref="ArgumentException">The actions are no bounded box, or a setting is impossible.</exception>
    public ImplicitQLearning(OfflineDataset data, ImplicitQLearningOptions? options = null, Workers? workers = null)
        : base(data, options ??= new ImplicitQLearningOptions(), workers)
    {
        this.options = options;
        policy = Acting(new GaussianPolicy(data.ObservationSpace, data.ActionSpace, options.Network, options.Seed, workers));
        value = NetworkBuilder.Build("value", options.Network, new Shape(ObservationWidth), 1, 1, options.Seed);
        valueOptimizer = new Adam(value.Parameters, new AdamOptions { LearningRate = options.CriticLearningRate }, workers);
        policyOptimizer = new Adam(policy.Parameters, new AdamOptions { LearningRate = options.PolicyLearningRate }, workers);
        valueGradient = new float[Rows];
        weights = new float[Rows];
    }

    /// <inheritdoc/>
    private protected override void Learn(TransitionBatch batch, long update)
    {
        Judge(batch.Observations, batch.Actions, ofTargets: true);
        Tape.Reset();
        Tensor values = value.Forward(On(Tape, batch.Observations));
        double loss = OfflineFormulas.ExpectileLoss(Least, values.Data, options.Expectile, valueGradient);
        Metrics.Add("loss/value", Finite(loss, "the value's loss", update));
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Least[i] - values.Data[i];
        }

        Tape.Seed(values, valueGradient);
        Tape.Backward();
        valueOptimizer.Step();
        valueOptimizer.ClearGradients();

        Inference.Reset();
        FitCritics(batch, value.Forward(On(Inference, batch.NextObservations)).Data, update);
        Critics.MoveTargets(options.TargetRate);

        OfflineFormulas.AdvantageWeights(weights, options.Beta, options.LargestWeight, weights);
        Tape.Reset();
        Tensor policyLoss = policy.NegativeLogLikelihood(
            On(Tape, batch.Observations), Tape.Input(new Shape(Rows, ActionWidth), batch.Actions), Tape.Input(new Shape(Rows, 1), weights));
        Metrics.Add("loss/policy", Finite(policyLoss, "the policy's loss", update));
        Tape.Backward(policyLoss);
        double progress = Target == 0 ? 0 : Math.Min(1, (double)update / Target);
        policyOptimizer.Step(options.PolicyLearningRate * (options.CosineSchedule ? 0.5 * (1 + Math.Cos(Math.PI * progress)) : 1));
        policyOptimizer.ClearGradients();
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        base.TransferState(state);
        state.Parameters(value.Parameters);
        state.Optimizer(valueOptimizer);
        state.Optimizer(policyOptimizer);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            value.Dispose();
            valueOptimizer.Dispose();
            policyOptimizer.Dispose();
        }
    }
}
