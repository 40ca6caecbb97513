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
/// Soft actor-critic for discrete actions (Christodoulou 2019): expectations over actions are exact sums. V(s') = sum_a pi(a | s')
/// (min_i Q'_i(s', a) - alpha log pi(a | s')), y = r + gamma c V(s'), L_pi = mean sum_a pi(a | s) (alpha log pi(a | s) - min_i Q_i(s, a)), and the
/// temperature aims at an entropy of scale * log |A|.
/// </summary>
public sealed class DiscreteSac : OffPolicyLearner
{
    private readonly SacOptions options;
    private readonly SoftmaxPolicy policy;
    private readonly Network[] critics;
    private readonly Network[] targetCritics;
    private readonly Temperature temperature;
    private readonly Adam policyOptimizer;
    private readonly Adam criticOptimizer;
    private readonly Tape learning;
    private readonly Tape inference;
    private readonly int count;
    private readonly float[] probabilities;
    private readonly float[] logProbs;
    private readonly float[] expectedLogProbs;
    private readonly float[] values;
    private readonly float[] least;
    private readonly float[] nextValues;
    private readonly float[] targets;
    private readonly int[] actions;
    private readonly float[] chosen;
    private readonly float[] errors;
    private readonly float[] gradient;
    private readonly float[] seeds;

    /// <summary>Prepares learning.</summary>
    /// <param name="environment">An environment with discrete actions.</param>
    /// <param name="options">Settings; <see cref="Defaults"/> when null.</param>
    /// <param name="seed">Seed of first weights, episodes, actions and batches.</param>
    /// <param name="workers">Threads of kernels; <see cref="Workers.Shared"/> when null. No part of the results.</param>
    /// <exception cref="ArgumentException">The actions are not discrete, or an option is outside its range.</exception>
    public DiscreteSac(IEnvironment environment, SacOptions? options = null, ulong seed = 1, Workers? workers = null)
        : base("discrete-sac", environment, SacOptions.Schema.Check(options ??= Defaults, "discrete-sac"), NewBuffer(environment, options), seed, workers)
    {
        this.options = options;
        count = DiscreteActions(Name, environment).Count;
        int rows = options.BatchSize;
        policy = new SoftmaxPolicy(Specification.Observations, Specification.Actions, options.Network, seed, workers);
        Shape input = ObservationInput.ShapeOf(Specification.Observations);
        critics = [NetworkBuilder.Build("critic.0", options.Network, input, count, 1, seed), NetworkBuilder.Build("critic.1", options.Network, input, count, 1, seed)];
        targetCritics = [NetworkBuilder.Build("critic.0", options.Network, input, count, 1, seed), NetworkBuilder.Build("critic.1", options.Network, input, count, 1, seed)];
        temperature = new Temperature(options.Temperature, options.AutomaticTemperature, options.EntropyScale * Math.Log(count), options.CriticLearningRate, workers);
        policyOptimizer = new Adam(policy.Parameters, new AdamOptions { LearningRate = options.PolicyLearningRate }, workers);
        criticOptimizer = new Adam([.. critics[0].Parameters, .. critics[1].Parameters], new AdamOptions { LearningRate = options.CriticLearningRate }, workers);
        learning = new Tape(workers);
        inference = new Tape(workers, recording: false);
        probabilities = new float[count];
        logProbs = new float[count];
        expectedLogProbs = new float[rows];
        values = new float[2 * rows * count];
        least = new float[rows * count];
        nextValues = new float[rows];
        targets = new float[rows];
        actions = new int[rows];
        chosen = new float[rows];
        errors = new float[rows];
        gradient = new float[rows];
        seeds = new float[rows * count];
    }

    /// <summary>The settings of the paper: the temperature is to reach 0.98 of the largest entropy.</summary>
    public static SacOptions Defaults => new() { EntropyScale = 0.98 };

    /// <inheritdoc/>
    public override Policy Policy => policy;

    /// <summary>alpha.</summary>
    public double Alpha => temperature.Value;

    /// <inheritdoc/>
    protected override void Explore(ReadOnlySpan<float> observations, ReadOnlySpan<bool> masks, Span<float> chosenActions) =>
        policy.Act(new PolicyInput(options.Environments, observations, masks), new ActionChoice(false, Seed, StepsNow / options.Environments), chosenActions);

    /// <inheritdoc/>
    protected override void Update(TransitionBatch transitions, ReadOnlySpan<float> observations, ReadOnlySpan<float> nextObservations)
    {
        ArgumentNullException.ThrowIfNull(transitions);
        inference.Reset();
        Tensor next = inference.Input(new Shape(transitions.Count, policy.Network.InputWidth), nextObservations);
        Least(targetCritics, next);
        ReadOnlySpan<float> logits = policy.Network.Forward(next).Data;
        double alpha = temperature.Value;
        for (int row = 0; row < transitions.Count; row++)
        {
            Span<bool> mask = transitions.NextMasks.IsEmpty ? [] : transitions.NextMasks.Slice(row * count, count);
            MaskedSoftmax.Compute(logits.Slice(row * count, count), mask, probabilities, logProbs);
            nextValues[row] = SoftValues.Expected(probabilities, logProbs, least.AsSpan(row * count, count), alpha);
        }

        TemporalDifference.Targets(transitions.Rewards, transitions.Continuations, nextValues, options.Discount, targets);
        Metrics.Add("loss/critic", Finite(Fit(transitions, observations), "the critics' loss"));
        if ((Updates + 1) % options.PolicyFrequency == 0)
        {
            for (int i = 0; i < options.PolicyFrequency; i++)
            {
                Metrics.Add("loss/policy", Finite(Improve(transitions.Count, observations), "the policy's loss"));
                temperature.Fit(expectedLogProbs);
            }

            Metrics.Add("policy/temperature", temperature.Value);
        }

        for (int i = 0; i < critics.Length; i++)
        {
            targetCritics[i].MoveTowards(critics[i], (float)options.TargetRate);
        }
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        base.TransferState(state);
        for (int i = 0; i < critics.Length; i++)
        {
            state.Parameters(critics[i].Parameters);
            state.Parameters(targetCritics[i].Parameters);
        }

        temperature.Transfer(state);
        state.Optimizer(policyOptimizer);
        state.Optimizer(criticOptimizer);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            foreach (Network network in (Network[])[.. critics, .. targetCritics])
            {
                network.Dispose();
            }

            temperature.Dispose();
            policyOptimizer.Dispose();
            criticOptimizer.Dispose();
            learning.Dispose();
            inference.Dispose();
        }
    }

    /// <summary>min_i Q_i(s, a) of all actions.</summary>
    private void Least(Network[] networks, Tensor input)
    {
        for (int i = 0; i < networks.Length; i++)
        {
            networks[i].Forward(input).Data.CopyTo(values.AsSpan(i * least.Length));
        }

        TemporalDifference.Least(values, least);
    }

    private double Fit(TransitionBatch transitions, ReadOnlySpan<float> observations)
    {
        learning.Reset();
        Tensor input = learning.Input(new Shape(transitions.Count, policy.Network.InputWidth), observations);
        for (int row = 0; row < actions.Length; row++)
        {
            actions[row] = (int)transitions.Actions[row];
        }

        double loss = 0;
        foreach (Network critic in critics)
        {
            Tensor outputs = critic.Forward(input);
            Values.DiscreteActions.Select(outputs.Data, actions, chosen);
            loss += TemporalDifference.SquaredLoss(chosen, targets, transitions.Weights, errors, gradient);
            seeds.AsSpan().Clear();
            for (int row = 0; row < actions.Length; row++)
            {
                seeds[(row * count) + actions[row]] = gradient[row];
            }

            learning.Seed(outputs, seeds);
        }

        learning.Backward();
        criticOptimizer.Step();
        criticOptimizer.ClearGradients();
        return loss;
    }

    private double Improve(int rows, ReadOnlySpan<float> observations)
    {
        inference.Reset();
        Shape shape = new(rows, policy.Network.InputWidth);
        Least(critics, inference.Input(shape, observations));
        learning.Reset();
        Tensor outputs = policy.Network.Forward(learning.Input(shape, observations));
        double alpha = temperature.Value, loss = 0, entropy = 0;
        for (int row = 0; row < rows; row++)
        {
            MaskedSoftmax.Compute(outputs.Data.Slice(row * count, count), [], probabilities, logProbs);
            loss += SoftValues.PolicyGradient(probabilities, logProbs, least.AsSpan(row * count, count), alpha, 1f / rows, seeds.AsSpan(row * count, count));
            float expected = 0;
            for (int action = 0; action < count; action++)
            {
                expected += probabilities[action] * logProbs[action];
            }

            expectedLogProbs[row] = expected;
            entropy -= expected;
        }

        learning.Seed(outputs, seeds);
        learning.Backward();
        policyOptimizer.Step();
        policyOptimizer.ClearGradients();
        Metrics.Add("policy/entropy", entropy / rows);
        return loss / rows;
    }

    private static ReplayBuffer NewBuffer(IEnvironment environment, SacOptions options)
    {
        DiscreteActions("discrete-sac", environment);
        return new ReplayBuffer(ReplayLayout.Of(environment.Specification), options.BufferSize);
    }
}
