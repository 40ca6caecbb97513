using Proximal.Control.Environments;
using Proximal.Control.Learning;
using Proximal.Control.Policies;
using Proximal.Control.Replay;
using Proximal.Control.State;
using Proximal.Control.Values;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;

namespace Proximal.Control.Algorithms.OffPolicy;

/// <summary>
/// Soft actor-critic (Haarnoja et al. 2018): a squashed Gaussian policy, y = r + gamma c (min_i Q'_i(s', a') - alpha log pi(a' | s')),
/// L_Q = sum_i mean (Q_i(s, a) - y)^2, L_pi = mean (alpha log pi(a | s) - min_i Q_i(s, a)) with a drawn anew, and
/// L_alpha = mean -exp(log alpha) (log pi + H) with H = -dim(a). Actions are in [-1, 1].
/// </summary>
public sealed class Sac : OffPolicyLearner
{
    private const int NextActionStream = 0, PolicyStream = 1;

    private readonly SacOptions options;
    private readonly SquashedGaussianPolicy policy;
    private readonly CriticEnsemble critics;
    private readonly CorrelatedNoise exploration;
    private readonly Temperature temperature;
    private readonly Adam optimizer;
    private readonly Tape learning;
    private readonly Tape inference;
    private readonly float[] noise;
    private readonly float[] actions;
    private readonly float[] logProbs;
    private readonly float[] nextValues;
    private readonly float[] least;
    private readonly float[] targets;
    private readonly float[] actionGradient;
    private readonly float[] logProbGradient;
    private readonly float[] outputGradient;

    /// <summary>Prepares learning.</summary>
    /// <param name="environment">An environment with actions of a bounded box.</param>
    /// <param name="options">Settings.</param>
    /// <param name="seed">Seed of first weights, episodes, actions and batches.</param>
    /// <param name="workers">Threads of kernels; <see cref="Workers.Shared"/> when null. No part of the results.</param>
    /// <exception cref="ArgumentException">The actions are no bounded box, or an option is outside its range.</exception>
    public Sac(IEnvironment environment, SacOptions? options = null, ulong seed = 1, Workers? workers = null)
        : base("sac", environment, SacOptions.Schema.Check(options ??= new SacOptions(), "sac"), NewBuffer(environment, options), seed, workers)
    {
        this.options = options;
        int width = Specification.Actions.Width, rows = options.BatchSize;
        policy = new SquashedGaussianPolicy(Specification.Observations, Specification.Actions, options.Network, seed, workers);
        critics = new CriticEnsemble(
            "critic", 2, Specification.Observations.EncodedWidth, width, options.Network, new AdamOptions { LearningRate = options.CriticLearningRate }, seed, workers);
        temperature = new Temperature(options.Temperature, options.AutomaticTemperature, -options.EntropyScale * width, options.CriticLearningRate, workers);
        exploration = new CorrelatedNoise(options.Environments, width, options.ExplorationCorrelation);
        optimizer = new Adam(policy.Parameters, new AdamOptions { LearningRate = options.PolicyLearningRate }, workers);
        learning = new Tape(workers);
        inference = new Tape(workers, recording: false);
        noise = new float[rows * width];
        actions = new float[rows * width];
        logProbs = new float[rows];
        nextValues = new float[2 * rows];
        least = new float[rows];
        targets = new float[rows];
        actionGradient = new float[rows * width];
        logProbGradient = new float[rows];
        outputGradient = new float[2 * rows * width];
    }

    /// <inheritdoc/>
    public override Policy Policy => policy;

    /// <summary>The critics.</summary>
    public CriticEnsemble Critics => critics;

    /// <summary>alpha.</summary>
    public double Alpha => temperature.Value;

    /// <summary>V = min_i Q_i - alpha log pi, element by element.</summary>
    /// <param name="least">min_i Q_i [batch], changed in place.</param>
    /// <param name="logProbs">log pi [batch].</param>
    /// <param name="alpha">alpha.</param>
    public static void SubtractEntropyCost(Span<float> least, ReadOnlySpan<float> logProbs, double alpha)
    {
        for (int i = 0; i < least.Length; i++)
        {
            least[i] -= (float)(alpha * logProbs[i]);
        }
    }

    /// <inheritdoc/>
    protected override void Explore(ReadOnlySpan<float> observations, ReadOnlySpan<bool> masks, Span<float> chosenActions) =>
        policy.ChooseUnit(observations, options.Environments, new ActionChoice(false, Seed, StepsNow / options.Environments), exploration, chosenActions);

    /// <inheritdoc/>
    protected override void Update(TransitionBatch transitions, ReadOnlySpan<float> observations, ReadOnlySpan<float> nextObservations)
    {
        ArgumentNullException.ThrowIfNull(transitions);
        inference.Reset();
        GaussianNoise.Fill(UpdateStream(NextActionStream), noise);
        Tensor next = policy.Network.Forward(inference.Input(new Shape(transitions.Count, policy.Network.InputWidth), nextObservations));
        SquashedGaussian.Sample(next.Data, noise, actions, logProbs);
        critics.Evaluate(nextObservations, actions, ofTargets: true, nextValues);
        TemporalDifference.Least(nextValues, least);
        SubtractEntropyCost(least, logProbs, temperature.Value);
        TemporalDifference.Targets(transitions.Rewards, transitions.Continuations, least, options.Discount, targets);
        Metrics.Add("loss/critic", Finite(critics.Fit(observations, transitions.Actions, targets), "the critics' loss"));
        if ((Updates + 1) % options.PolicyFrequency == 0)
        {
            for (int i = 0; i < options.PolicyFrequency; i++)
            {
                Metrics.Add("loss/policy", Finite(Improve(transitions.Count, observations, PolicyStream + i), "the policy's loss"));
                temperature.Fit(logProbs);
            }

            Metrics.Add("policy/temperature", temperature.Value);
        }

        critics.MoveTargets(options.TargetRate);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        base.TransferState(state);
        exploration.Transfer(state);
        critics.Transfer(state);
        temperature.Transfer(state);
        state.Optimizer(optimizer);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            critics.Dispose();
            temperature.Dispose();
            optimizer.Dispose();
            learning.Dispose();
            inference.Dispose();
        }
    }

    /// <summary>A step of Adam on mean (alpha log pi(a | s) - min_i Q_i(s, a)).</summary>
    private double Improve(int rows, ReadOnlySpan<float> observations, int stream)
    {
        GaussianNoise.Fill(UpdateStream(stream), noise);
        learning.Reset();
        Tensor outputs = policy.Network.Forward(learning.Input(new Shape(rows, policy.Network.InputWidth), observations));
        SquashedGaussian.Sample(outputs.Data, noise, actions, logProbs);
        critics.ActionGradient(observations, actions, least: true, least, actionGradient);
        double alpha = temperature.Value, loss = 0, entropy = 0;
        for (int i = 0; i < rows; i++)
        {
            loss += (alpha * logProbs[i]) - least[i];
            entropy -= logProbs[i];
        }

        for (int i = 0; i < actionGradient.Length; i++)
        {
            actionGradient[i] /= -rows;
        }

        logProbGradient.AsSpan().Fill((float)(alpha / rows));
        SquashedGaussian.Gradient(outputs.Data, noise, actions, actionGradient, logProbGradient, outputGradient);
        learning.Seed(outputs, outputGradient);
        learning.Backward();
        optimizer.Step();
        optimizer.ClearGradients();
        Metrics.Add("policy/entropy", entropy / rows);
        return loss / rows;
    }

    private static ReplayBuffer NewBuffer(IEnvironment environment, SacOptions options)
    {
        ContinuousActions("sac", environment);
        return new ReplayBuffer(ReplayLayout.Of(environment.Specification), options.BufferSize);
    }
}
