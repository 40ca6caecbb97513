using Proximal.Control.Environments;
using Proximal.Control.Learning;
using Proximal.Control.Policies;
using Proximal.Control.Replay;
using Proximal.Control.State;
using Proximal.Control.Values;
using Proximal.Models.Networks;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;

namespace Proximal.Control.Algorithms.OffPolicy;

/// <summary>
/// Twin delayed deep deterministic policy gradient (Fujimoto, van Hoof and Meger 2018): a' = clip(pi'(s') + clip(N(0, 0.2^2), +-0.5), +-1),
/// y = r + gamma c min_i Q'_i(s', a'), L_Q = sum_i mean (Q_i(s, a) - y)^2; every second update the actor climbs Q_1(s, pi(s)) and the target
/// networks follow with tau. Actions are in [-1, 1].
/// </summary>
public class Td3 : OffPolicyLearner
{
    private const int TargetNoiseStream = 0;

    private readonly Td3Options options;
    private readonly DeterministicPolicy policy;
    private readonly Network target;
    private readonly CriticEnsemble critics;
    private readonly CorrelatedNoise exploration;
    private readonly Adam optimizer;
    private readonly Tape learning;
    private readonly Tape inference;
    private readonly float[] nextActions;
    private readonly float[] noise;
    private readonly float[] nextValues;
    private readonly float[] least;
    private readonly float[] targets;
    private readonly float[] actionGradient;

    /// <summary>Prepares learning.</summary>
    /// <param name="environment">An environment with actions of a bounded box.</param>
    /// <param name="options">Settings.</param>
    /// <param name="seed">Seed of first weights, episodes, actions and batches.</param>
    /// <param name="workers">Threads of kernels; <see cref="Workers.Shared"/> when null. No part of the results.</param>
    /// <exception cref="ArgumentException">The actions are no bounded box, or an option is outside its range.</exception>
    public Td3(IEnvironment environment, Td3Options? options = null, ulong seed = 1, Workers? workers = null)
        : this("td3", environment, options ?? new Td3Options(), seed, workers)
    {
    }

    private protected Td3(string name, IEnvironment environment, Td3Options options, ulong seed, Workers? workers)
        : base(name, environment, Td3Options.Schema.Check(options, name), NewBuffer(name, environment, options), seed, workers)
    {
        this.options = options;
        int width = Specification.Actions.Width, rows = options.BatchSize;
        policy = new DeterministicPolicy(Specification.Observations, Specification.Actions, options.Network, options.ExplorationNoise, seed, workers);
        target = NetworkBuilder.Build("actor", options.Network, ObservationInput.ShapeOf(Specification.Observations), width, 0.01, seed);
        target.CopyFrom(policy.Network);
        AdamOptions adam = new() { LearningRate = options.LearningRate };
        critics = new CriticEnsemble("critic", options.Critics, Specification.Observations.EncodedWidth, width, options.Network, adam, seed, workers);
        exploration = new CorrelatedNoise(options.Environments, width, options.ExplorationCorrelation);
        optimizer = new Adam(policy.Parameters, adam, workers);
        learning = new Tape(workers);
        inference = new Tape(workers, recording: false);
        nextActions = new float[rows * width];
        noise = new float[rows * width];
        nextValues = new float[rows * options.Critics];
        least = new float[rows];
        targets = new float[rows];
        actionGradient = new float[rows * width];
    }

    /// <inheritdoc/>
    public sealed override Policy Policy => policy;

    /// <summary>The critics.</summary>
    public CriticEnsemble Critics => critics;

    /// <summary>a' = clip(pi' + clip(d e, +-b), +-1).</summary>
    /// <param name="actions">pi'(s') in [-1, 1], changed in place.</param>
    /// <param name="noise">e, standard normal.</param>
    /// <param name="deviation">d.</param>
    /// <param name="clip">b.</param>
    public static void SmoothTarget(Span<float> actions, ReadOnlySpan<float> noise, double deviation, double clip)
    {
        float scale = (float)deviation, bound = (float)clip;
        for (int i = 0; i < actions.Length; i++)
        {
            actions[i] = Math.Clamp(actions[i] + Math.Clamp(scale * noise[i], -bound, bound), -1, 1);
        }
    }

    /// <inheritdoc/>
    protected sealed override void Explore(ReadOnlySpan<float> observations, ReadOnlySpan<bool> masks, Span<float> chosenActions)
    {
        policy.Evaluate(observations, options.Environments, chosenActions);
        int width = Specification.Actions.Width;
        for (int copy = 0; copy < options.Environments; copy++)
        {
            DeterministicPolicy.AddNoise(exploration.Next(copy, ActionStream(copy)), options.ExplorationNoise, chosenActions.Slice(copy * width, width));
        }
    }

    /// <inheritdoc/>
    protected sealed override void Update(TransitionBatch transitions, ReadOnlySpan<float> observations, ReadOnlySpan<float> nextObservations)
    {
        ArgumentNullException.ThrowIfNull(transitions);
        inference.Reset();
        target.Forward(inference.Input(new Shape(transitions.Count, target.InputWidth), nextObservations)).Tanh().Data.CopyTo(nextActions);
        if (options.TargetNoise > 0)
        {
            GaussianNoise.Fill(UpdateStream(TargetNoiseStream), noise);
            SmoothTarget(nextActions, noise, options.TargetNoise, options.TargetNoiseClip);
        }

        critics.Evaluate(nextObservations, nextActions, ofTargets: true, nextValues);
        TemporalDifference.Least(nextValues, least);
        TemporalDifference.Targets(transitions.Rewards, transitions.Continuations, least, options.Discount, targets);
        Metrics.Add("loss/critic", Finite(critics.Fit(observations, transitions.Actions, targets), "the critics' loss"));
        if ((Updates + 1) % options.PolicyDelay == 0)
        {
            Metrics.Add("loss/policy", Finite(Climb(transitions.Count, observations), "the policy's loss"));
            critics.MoveTargets(options.TargetRate);
            target.MoveTowards(policy.Network, (float)options.TargetRate);
        }
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        base.TransferState(state);
        exploration.Transfer(state);
        critics.Transfer(state);
        state.Parameters(target.Parameters);
        state.Optimizer(optimizer);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            critics.Dispose();
            target.Dispose();
            optimizer.Dispose();
            learning.Dispose();
            inference.Dispose();
        }
    }

    /// <summary>A step of Adam on -mean Q_1(s, pi(s)).</summary>
    private double Climb(int rows, ReadOnlySpan<float> observations)
    {
        learning.Reset();
        Tensor actions = policy.Network.Forward(learning.Input(new Shape(rows, policy.Network.InputWidth), observations)).Tanh();
        critics.ActionGradient(observations, actions.Data, least: false, least, actionGradient);
        double sum = 0;
        for (int i = 0; i < least.Length; i++)
        {
            sum += least[i];
        }

        for (int i = 0; i < actionGradient.Length; i++)
        {
            actionGradient[i] /= -rows;
        }

        learning.Seed(actions, actionGradient);
        learning.Backward();
        optimizer.Step();
        optimizer.ClearGradients();
        return -sum / rows;
    }

    private static ReplayBuffer NewBuffer(string name, IEnvironment environment, Td3Options options)
    {
        ContinuousActions(name, environment);
        return new ReplayBuffer(ReplayLayout.Of(environment.Specification), options.BufferSize);
    }
}
