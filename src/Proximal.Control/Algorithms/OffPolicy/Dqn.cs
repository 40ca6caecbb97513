using Proximal.Control.Environments;
using Proximal.Control.Learning;
using Proximal.Control.Policies;
using Proximal.Control.Replay;
using Proximal.Control.State;
using Proximal.Control.Values;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;
using Proximal.Tensors.Random;

namespace Proximal.Control.Algorithms.OffPolicy;

/// <summary>
/// Deep Q-network (Mnih et al. 2015): y = r + gamma c max_a Q'(s', a), L = mean (Q(s, a) - y)^2, actions greedy but for a share epsilon. The
/// parts of Rainbow (Hessel et al. 2018) are switches of <see cref="DqnOptions"/>; named combinations are classes of their own.
/// </summary>
public class Dqn : OffPolicyLearner
{
    private const int OnlineNoise = 0, TargetNoise = 1, ActingNoise = 2;

    private readonly DqnOptions options;
    private readonly int atoms;
    private readonly QNetworkPolicy policy;
    private readonly ActionValueNetwork online;
    private readonly ActionValueNetwork target;
    private readonly Adam optimizer;
    private readonly GradientClipping clipping;
    private readonly Tape learning;
    private readonly Tape inference;
    private readonly float[] nextValues;
    private readonly int[] actions;
    private readonly int[] nextActions;
    private readonly float[] chosen;
    private readonly float[] targets;
    private readonly float[] losses;
    private readonly float[] gradient;
    private readonly float[] seeds;
    private readonly float[] exploring;
    private long copiedAt;

    /// <summary>Prepares learning.</summary>
    /// <param name="environment">An environment with discrete actions.</param>
    /// <param name="options">Settings.</param>
    /// <param name="seed">Seed of first weights, episodes, actions and batches.</param>
    /// <param name="workers">Threads of kernels; <see cref="Workers.Shared"/> when null. No part of the results.</param>
    /// <exception cref="ArgumentException">The actions are not discrete, or an option is outside its range.</exception>
    public Dqn(IEnvironment environment, DqnOptions? options = null, ulong seed = 1, Workers? workers = null)
        : this("dqn", environment, options ?? new DqnOptions(), seed, workers)
    {
    }

    private protected Dqn(string name, IEnvironment environment, DqnOptions options, ulong seed, Workers? workers)
        : base(name, environment, DqnOptions.Schema.Check(options, name), NewBuffer(name, environment, options), seed, workers)
    {
        this.options = options;
        int count = DiscreteActions(name, environment).Count, rows = options.BatchSize;
        atoms = options.Values.OutputsPerAction;
        policy = new QNetworkPolicy(Specification.Observations, Specification.Actions, options.Values, seed, workers);
        online = policy.Network;
        target = new ActionValueNetwork("target", options.Values, ObservationInput.ShapeOf(Specification.Observations), count, seed);
        target.CopyFrom(online);
        optimizer = new Adam(online.Parameters, new AdamOptions { LearningRate = options.LearningRate, Epsilon = options.AdamEpsilon }, workers);
        clipping = new GradientClipping(online.Parameters, workers);
        learning = new Tape(workers);
        inference = new Tape(workers, recording: false);
        nextValues = new float[rows * count];
        actions = new int[rows];
        nextActions = new int[rows];
        chosen = new float[rows * atoms];
        targets = new float[rows * atoms];
        losses = new float[rows];
        gradient = new float[rows * atoms];
        seeds = new float[rows * count * atoms];
        exploring = new float[options.Environments * count];
    }

    /// <inheritdoc/>
    public sealed override Policy Policy => policy;

    /// <summary>The share of random actions of a copy now.</summary>
    /// <param name="copy">Which copy.</param>
    public double Epsilon(int copy) => options switch
    {
        { Noisy: true } => 0,
        { ExplorationLadder: true } => ExplorationSchedule.Ladder(copy, options.Environments, options.LadderEpsilon, options.LadderAlpha),
        _ => ExplorationSchedule.Linear(ProgressNow, options.FirstEpsilon, options.LastEpsilon, options.ExplorationFraction),
    };

    /// <inheritdoc/>
    protected sealed override void Explore(ReadOnlySpan<float> observations, ReadOnlySpan<bool> masks, Span<float> chosenActions)
    {
        if (options.Noisy)
        {
            online.ResampleNoise(Seed, StepsNow, ActingNoise);
            online.SetNoise(true);
        }

        policy.Evaluate(observations, options.Environments, exploring);
        online.SetNoise(false);
        for (int copy = 0; copy < options.Environments; copy++)
        {
            ReadOnlySpan<bool> mask = masks.IsEmpty ? [] : masks.Slice(copy * online.Actions, online.Actions);
            RandomStream stream = ActionStream(copy);
            chosenActions[copy] = stream.Uniform(0) < Epsilon(copy)
                ? RandomAction(in stream, 1, online.Actions, mask)
                : Values.DiscreteActions.Greedy(exploring.AsSpan(copy * online.Actions, online.Actions), mask);
        }
    }

    /// <inheritdoc/>
    protected sealed override void Update(TransitionBatch transitions, ReadOnlySpan<float> observations, ReadOnlySpan<float> nextObservations)
    {
        ArgumentNullException.ThrowIfNull(transitions);
        if (StepsNow / options.TargetPeriod != copiedAt / options.TargetPeriod)
        {
            target.CopyFrom(online);
            copiedAt = StepsNow;
        }

        online.ResampleNoise(Seed, Updates, OnlineNoise);
        target.ResampleNoise(Seed, Updates, TargetNoise);
        online.SetNoise(options.Noisy);
        target.SetNoise(options.Noisy);
        ComputeTargets(transitions, nextObservations);
        double loss = Finite(Learn(transitions, observations), "the loss");
        online.SetNoise(false);
        if (Buffer is PrioritizedReplayBuffer prioritized)
        {
            prioritized.UpdatePriorities(transitions.Indices, losses);
            prioritized.Beta = options.PriorityBeta + ((1 - options.PriorityBeta) * ProgressNow);
        }

        Metrics.Add("loss/value", loss);
        Metrics.Add("exploration/epsilon", Epsilon(0));
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        base.TransferState(state);
        state.Parameters(target.Parameters);
        state.Optimizer(optimizer);
        state.Value(ref copiedAt);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            target.Dispose();
            optimizer.Dispose();
            learning.Dispose();
            inference.Dispose();
        }
    }

    /// <summary>y, or the distribution of y, of the greedy next actions.</summary>
    private void ComputeTargets(TransitionBatch transitions, ReadOnlySpan<float> nextObservations)
    {
        inference.Reset();
        Tensor input = inference.Input(new Shape(transitions.Count, online.InputWidth), nextObservations);
        ReadOnlySpan<float> outputs = target.Forward(input).Data;
        (options.Double ? online : target).Means(options.Double ? online.Forward(input).Data : outputs, nextValues);
        Values.DiscreteActions.Greedy(nextValues, transitions.NextMasks, nextActions);
        TakeActions(outputs, nextActions, chosen);
        switch (options.Distribution)
        {
            case ValueDistribution.Categorical:
                for (int row = 0; row < transitions.Count; row++)
                {
                    Span<float> each = chosen.AsSpan(row * options.Atoms, options.Atoms);
                    CategoricalValues.Softmax(each, each);
                }

                CategoricalValues.Project(chosen, transitions.Rewards, transitions.Continuations, options.Discount, options.MinimumValue, options.MaximumValue, targets);
                break;
            case ValueDistribution.Quantile:
                QuantileValues.Targets(chosen, transitions.Rewards, transitions.Continuations, options.Discount, targets);
                break;
            default:
                TemporalDifference.Targets(transitions.Rewards, transitions.Continuations, chosen, options.Discount, targets);
                break;
        }
    }

    /// <summary>A step of Adam towards the targets.</summary>
    private double Learn(TransitionBatch transitions, ReadOnlySpan<float> observations)
    {
        learning.Reset();
        Tensor outputs = online.Forward(learning.Input(new Shape(transitions.Count, online.InputWidth), observations));
        for (int row = 0; row < actions.Length; row++)
        {
            actions[row] = (int)transitions.Actions[row];
        }

        TakeActions(outputs.Data, actions, chosen);
        double loss = options switch
        {
            { Distribution: ValueDistribution.Categorical } => CategoricalValues.CrossEntropy(chosen, targets, transitions.Weights, losses, gradient),
            { Distribution: ValueDistribution.Quantile } => QuantileValues.HuberLoss(chosen, targets, transitions.Weights, losses, gradient),
            { Huber: true } => TemporalDifference.HuberLoss(chosen, targets, transitions.Weights, losses, gradient),
            _ => TemporalDifference.SquaredLoss(chosen, targets, transitions.Weights, losses, gradient),
        };
        seeds.AsSpan().Clear();
        for (int row = 0; row < actions.Length; row++)
        {
            gradient.AsSpan(row * atoms, atoms).CopyTo(seeds.AsSpan(((row * online.Actions) + actions[row]) * atoms));
        }

        learning.Seed(outputs, seeds);
        learning.Backward();
        if (options.MaximumGradientNorm > 0)
        {
            clipping.ByNorm(options.MaximumGradientNorm);
        }

        optimizer.Step(options.LearningRate * (options.AnnealLearningRate ? 1 - ProgressNow : 1));
        optimizer.ClearGradients();
        return loss;
    }

    private void TakeActions(ReadOnlySpan<float> outputs, ReadOnlySpan<int> taken, Span<float> numbers)
    {
        for (int row = 0; row < taken.Length; row++)
        {
            outputs.Slice(((row * online.Actions) + taken[row]) * atoms, atoms).CopyTo(numbers[(row * atoms)..]);
        }
    }

    private static ReplayBuffer NewBuffer(string name, IEnvironment environment, DqnOptions options)
    {
        DiscreteActions(name, environment);
        ReplayLayout layout = ReplayLayout.Of(environment.Specification);
        return options.Prioritized
            ? new PrioritizedReplayBuffer(layout, options.BufferSize, options.PriorityAlpha, options.PriorityBeta)
            : new ReplayBuffer(layout, options.BufferSize);
    }
}
