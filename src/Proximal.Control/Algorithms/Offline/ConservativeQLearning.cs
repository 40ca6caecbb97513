using Proximal.Control.Algorithms.OffPolicy;
using Proximal.Control.Data;
using Proximal.Control.Policies;
using Proximal.Control.Replay;
using Proximal.Control.State;
using Proximal.Control.Values;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;
using Proximal.Tensors.Random;

namespace Proximal.Control.Algorithms.Offline;

/// <summary>
/// Conservative Q-learning (Kumar et al. 2020): soft actor-critic on a data set, whose critics also minimize alpha (log sum_k exp(Q(s, a_k) - d_k) -
/// Q(s, a)), so that actions the data does not have are not overestimated. The a_k are uniform, from the policy in s, and from the policy in s'; d_k is
/// the log-density with which each was drawn. With a gap, alpha grows while the penalty is above it.
/// </summary>
public sealed class ConservativeQLearning : ValueLearner
{
    private const int NextActionStream = 0, PolicyStream = 1, UniformStream = 2, HereStream = 3, ThereStream = 4;

    private readonly ConservativeQLearningOptions options;
    private readonly SquashedGaussianPolicy policy;
    private readonly Temperature temperature;
    private readonly Temperature weight;
    private readonly Adam optimizer;
    private readonly int samples;
    private readonly float[] logProbs;
    private readonly float[] logProbGradient;
    private readonly float[] outputGradient;
    private readonly float[] sampledObservations;
    private readonly float[] sampledActions;
    private readonly float[] sampledDensities;
    private readonly float[] sampledValues;
    private readonly float[] sampledWeights;
    private readonly float[] drawnNoise;
    private readonly float[] drawnActions;
    private readonly float[] drawnDensities;
    private readonly float[] dataWeights;

    /// <summary>Prepares learning.</summary>
    /// <param name="data">What is learned from.</param>
    /// <param name="options">Settings.</param>
    /// <param name="workers">Threads of the kernels.</param>
    /// <exception cref="ArgumentException">The actions are no bounded box, or a setting is impossible.</exception>
    public ConservativeQLearning(OfflineDataset data, ConservativeQLearningOptions? options = null, Workers? workers = null)
        : base(data, options ??= new ConservativeQLearningOptions(), workers)
    {
        this.options = options;
        policy = Acting(new SquashedGaussianPolicy(data.ObservationSpace, data.ActionSpace, options.Network, options.Seed, workers));
        temperature = new Temperature(options.Temperature, learned: true, -ActionWidth, options.PolicyLearningRate, workers);
        weight = new Temperature(Math.Max(options.Alpha, double.Epsilon), options.Gap > 0, -options.Gap, options.CriticLearningRate, workers);
        optimizer = new Adam(policy.Parameters, new AdamOptions { LearningRate = options.PolicyLearningRate }, workers);
        samples = 3 * options.Samples;
        logProbs = new float[Rows];
        logProbGradient = new float[Rows];
        outputGradient = new float[2 * Rows * ActionWidth];
        sampledObservations = new float[Rows * samples * ObservationWidth];
        sampledActions = new float[Rows * samples * ActionWidth];
        sampledDensities = new float[Rows * samples];
        sampledValues = new float[2 * Rows * samples];
        sampledWeights = new float[2 * Rows * samples];
        drawnNoise = new float[Rows * ActionWidth];
        drawnActions = new float[Rows * ActionWidth];
        drawnDensities = new float[Rows];
        dataWeights = new float[2 * Rows];
    }

    /// <inheritdoc/>
    private protected override void Learn(TransitionBatch batch, long update)
    {
        Inference.Reset();
        GaussianNoise.Fill(Stream(update, NextActionStream), Noise);
        SquashedGaussian.Sample(policy.Network.Forward(On(Inference, batch.NextObservations)).Data, Noise, Actions, logProbs);
        Judge(batch.NextObservations, Actions, ofTargets: true);
        if (options.BackupEntropy)
        {
            Sac.SubtractEntropyCost(Least, logProbs, temperature.Value);
        }

        if (options.Alpha > 0)
        {
            Penalize(batch, update);
        }

        FitCritics(batch, Least, update);
        Improve(batch, update);
        Critics.MoveTargets(options.TargetRate);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        base.TransferState(state);
        state.Optimizer(optimizer);
        temperature.Transfer(state);
        weight.Transfer(state);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            optimizer.Dispose();
            temperature.Dispose();
            weight.Dispose();
        }
    }

    /// <summary>Adds the gradients of the penalty to the critics; the step of the squared error that follows uses them.</summary>
    private void Penalize(TransitionBatch batch, long update)
    {
        DrawUniform(update);
        DrawFromPolicy(batch.Observations, update, HereStream, options.Samples);
        DrawFromPolicy(batch.NextObservations, update, ThereStream, 2 * options.Samples);
        for (int row = 0; row < Rows; row++)
        {
            ReadOnlySpan<float> observation = batch.Observations.Slice(row * ObservationWidth, ObservationWidth);
            for (int k = 0; k < samples; k++)
            {
                observation.CopyTo(sampledObservations.AsSpan(((row * samples) + k) * ObservationWidth));
            }
        }

        Critics.Evaluate(sampledObservations, sampledActions, ofTargets: false, sampledValues);
        Critics.Evaluate(batch.Observations, batch.Actions, ofTargets: false, Pair);
        double alpha = weight.Value, sum = 0;
        for (int critic = 0; critic < 2; critic++)
        {
            for (int row = 0; row < Rows; row++)
            {
                int first = ((critic * Rows) + row) * samples;
                Span<float> weights = sampledWeights.AsSpan(first, samples);
                sum += OfflineFormulas.ConservativePenalty(
                    sampledValues.AsSpan(first, samples), sampledDensities.AsSpan(row * samples, samples), Pair[(critic * Rows) + row], weights);
                for (int k = 0; k < samples; k++)
                {
                    weights[k] *= (float)(alpha / Rows);
                }

                dataWeights[(critic * Rows) + row] = (float)(-alpha / Rows);
            }
        }

        double penalty = sum / (2 * Rows);
        Metrics.Add("loss/conservative", Finite(penalty, "the conservative penalty", update));
        Metrics.Add("conservative/alpha", alpha);
        Critics.AddWeightedGradients(sampledObservations, sampledActions, sampledWeights);
        Critics.AddWeightedGradients(batch.Observations, batch.Actions, dataWeights);
        weight.Fit([(float)penalty]);
    }

    private void DrawUniform(long update)
    {
        RandomStream stream = Stream(update, UniformStream);
        for (int row = 0; row < Rows; row++)
        {
            for (int k = 0; k < options.Samples; k++)
            {
                int at = (row * samples) + k;
                for (int i = 0; i < ActionWidth; i++)
                {
                    sampledActions[(at * ActionWidth) + i] = (float)((2 * stream.Uniform((at * ActionWidth) + i)) - 1);
                }

                sampledDensities[at] = (float)(-ActionWidth * Math.Log(2));
            }
        }
    }

    private void DrawFromPolicy(ReadOnlySpan<float> observations, long update, int which, int first)
    {
        Inference.Reset();
        ReadOnlySpan<float> outputs = policy.Network.Forward(On(Inference, observations)).Data;
        for (int k = 0; k < options.Samples; k++)
        {
            GaussianNoise.Fill(Stream(update, which + (3 * k)), drawnNoise);
            SquashedGaussian.Sample(outputs, drawnNoise, drawnActions, drawnDensities);
            for (int row = 0; row < Rows; row++)
            {
                int at = (row * samples) + first + k;
                drawnActions.AsSpan(row * ActionWidth, ActionWidth).CopyTo(sampledActions.AsSpan(at * ActionWidth));
                sampledDensities[at] = drawnDensities[row];
            }
        }
    }

    /// <summary>A step of the policy on mean (alpha log pi(a | s) - min_i Q_i(s, a)), and of the temperature.</summary>
    private void Improve(TransitionBatch batch, long update)
    {
        GaussianNoise.Fill(Stream(update, PolicyStream), Noise);
        Tape.Reset();
        Tensor outputs = policy.Network.Forward(On(Tape, batch.Observations));
        SquashedGaussian.Sample(outputs.Data, Noise, Actions, logProbs);
        Critics.ActionGradient(batch.Observations, Actions, least: true, Least, ActionGradient);
        double alpha = temperature.Value, loss = 0;
        for (int i = 0; i < Rows; i++)
        {
            loss += ((alpha * logProbs[i]) - Least[i]) / Rows;
        }

        Metrics.Add("loss/policy", Finite(loss, "the policy's loss", update));
        for (int i = 0; i < ActionGradient.Length; i++)
        {
            ActionGradient[i] /= -Rows;
        }

        logProbGradient.AsSpan().Fill((float)(alpha / Rows));
        SquashedGaussian.Gradient(outputs.Data, Noise, Actions, ActionGradient, logProbGradient, outputGradient);
        Tape.Seed(outputs, outputGradient);
        Tape.Backward();
        optimizer.Step();
        optimizer.ClearGradients();
        temperature.Fit(logProbs);
    }
}
