using Proximal.Control.Data;
using Proximal.Control.Policies;
using Proximal.Control.Replay;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;

namespace Proximal.Control.Algorithms.Offline;

/// <summary>
/// Behaviour cloning (Pomerleau 1989): supervised learning of the actions of a data set, by cross-entropy where they are discrete, by squared error within
/// [-1, 1] where they are a box (which averages different actions for the same state), or by the likelihood of a Gaussian.
/// </summary>
public sealed class BehaviourCloning : OfflineLearner
{
    private readonly Policy policy;
    private readonly TransitionSource source;
    private readonly Adam optimizer;
    private readonly int[] indices;

    /// <summary>Prepares learning.</summary>
    /// <param name="data">What is imitated.</param>
    /// <param name="options">Settings.</param>
    /// <param name="workers">Threads of the kernels.</param>
    /// <exception cref="ArgumentException">The actions are neither discrete nor a bounded box, or a setting is impossible.</exception>
    public BehaviourCloning(OfflineDataset data, BehaviourCloningOptions? options = null, Workers? workers = null)
        : base(data, options ??= new BehaviourCloningOptions(), workers)
    {
        OfflineDataset imitated = options.BestShare < 1 ? data.Best(options.BestShare) : data;
        policy = (data.ActionSpace, options.Likelihood) switch
        {
            (DiscreteSpace, _) => new SoftmaxPolicy(data.ObservationSpace, data.ActionSpace, options.Network, options.Seed, workers),
            (_, true) => new GaussianPolicy(data.ObservationSpace, data.ActionSpace, options.Network, options.Seed, workers),
            _ => new DeterministicPolicy(data.ObservationSpace, data.ActionSpace, options.Network, 0, options.Seed, workers),
        };
        source = new TransitionSource(imitated, options.BatchSize, 1);
        optimizer = new Adam(policy.Parameters, new AdamOptions { LearningRate = options.LearningRate }, workers);
        indices = new int[options.BatchSize];
    }

    /// <inheritdoc/>
    public override Policy Policy => policy;

    /// <inheritdoc/>
    private protected override void Update(long update)
    {
        TransitionBatch batch = source.Draw(Seed, update);
        Tape.Reset();
        optimizer.ClearGradients();
        Tensor observations = Tape.Input(new Shape(batch.Count, batch.Layout.ObservationWidth), batch.Observations);
        Tensor loss;
        if (policy is SoftmaxPolicy softmax)
        {
            for (int i = 0; i < indices.Length; i++)
            {
                indices[i] = (int)batch.Actions[i];
            }

            loss = softmax.Network.Forward(observations).CrossEntropy(indices);
        }
        else
        {
            Tensor actions = Tape.Input(new Shape(batch.Count, batch.Layout.ActionWidth), batch.Actions);
            loss = policy is GaussianPolicy gaussian
                ? gaussian.NegativeLogLikelihood(observations, actions)
                : ((DeterministicPolicy)policy).Network.Forward(observations).Tanh().MeanSquaredError(actions);
        }

        Metrics.Add("loss/action", Finite(loss, "the loss of the actions", update));
        Tape.Backward(loss);
        optimizer.Step();
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        TransferParameters(state, policy.Parameters);
        TransferOptimizer(state, optimizer);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            policy.Dispose();
            optimizer.Dispose();
        }
    }
}
