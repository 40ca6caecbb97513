using Proximal.Control.Data;
using Proximal.Control.Diffusion;
using Proximal.Control.Policies;
using Proximal.Control.Replay;
using Proximal.Control.State;
using Proximal.Control.Values;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;
using Proximal.Tensors.Random;

namespace Proximal.Control.Algorithms.Offline;

/// <summary>
/// Diffusion-QL (Wang, Hunt and Zhou 2023): the actor denoises actions; its loss is that of imitation by diffusion plus eta times -mean Q_i(s, a0) / mean
/// |Q_j(s, a0)|, where a0 comes through the whole chain with gradients and (i, j) is a random order of the two critics. Critics follow y = r + gamma c
/// min_i Q'_i(s', a') with a' from the average of the actors, which is a copy of the actor at first. The actor itself is what acts.
/// </summary>
public sealed class DiffusionQLearning : ValueLearner
{
    private const int NextActionStream = 0, ImitationStream = 1, ChainStream = 2, OrderStream = 3;

    private readonly DiffusionQLearningOptions options;
    private readonly DiffusionQPolicy policy;
    private readonly DenoisingNetwork actor;
    private readonly DenoisingNetwork average;
    private readonly Adam optimizer;
    private readonly GradientClipping clipping;
    private readonly int[] steps;

    /// <summary>Prepares learning.</summary>
    /// <param name="data">What is learned from.</param>
    /// <param name="options">Settings.</param>
    /// <param name="workers">Threads of the kernels.</param>
    /// <exception cref="ArgumentException">The actions are no bounded box, or a setting is impossible.</exception>
    public DiffusionQLearning(OfflineDataset data, DiffusionQLearningOptions? options = null, Workers? workers = null)
        : base(data, options ??= new DiffusionQLearningOptions(), workers)
    {
        this.options = options;
        policy = Acting(new DiffusionQPolicy(data.ObservationSpace, data.ActionSpace, options.Network, options.NoiseSteps, options.Candidates, options.Seed));
        actor = policy.Network;
        average = policy.CreateNetwork(options.Seed);
        optimizer = new Adam(actor.Parameters, new AdamOptions { LearningRate = options.PolicyLearningRate }, workers);
        clipping = new GradientClipping(actor.Parameters, workers);
        steps = new int[Rows];
    }

    /// <inheritdoc/>
    private protected override void Learn(TransitionBatch batch, long update)
    {
        Inference.Reset();
        Chain(average, On(Inference, batch.NextObservations), update, NextActionStream).Data.CopyTo(Actions);
        Judge(batch.NextObservations, Actions, ofTargets: true);
        FitCritics(batch, Least, update);

        Tape.Reset();
        Tensor observations = On(Tape, batch.Observations), loss = Imitate(batch, observations, update);
        Metrics.Add("loss/imitation", Finite(loss, "the loss of imitation", update));
        if (options.Eta > 0)
        {
            Climb(batch, observations, update);
        }

        Tape.Seed(loss, [1f]);
        Tape.Backward();
        if (options.GradientLimit > 0)
        {
            Metrics.Add("gradient/norm", clipping.ByNorm(options.GradientLimit));
        }

        optimizer.Step();
        optimizer.ClearGradients();
        if (update % options.AverageFrequency == 0)
        {
            average.MoveTowards(actor, update < options.AverageStarts ? 1 : (float)(1 - options.AverageDecay));
        }

        Critics.MoveTargets(options.TargetRate);
        policy.Judges[0].CopyFrom(Critics.Targets[0]);
        policy.Judges[1].CopyFrom(Critics.Targets[1]);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        base.TransferState(state);
        state.Parameters(average.Parameters);
        state.Optimizer(optimizer);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            average.Dispose();
            optimizer.Dispose();
        }
    }

    /// <summary>mean |e - e(x_k, k, s)|^2 with k drawn for each row.</summary>
    private Tensor Imitate(TransitionBatch batch, Tensor observations, long update)
    {
        RandomStream random = Stream(update, ImitationStream);
        Tensor noisy = Tape.Empty(new Shape(Rows, ActionWidth)), noise = Tape.Empty(noisy.Shape);
        GaussianNoise.Fill(random, noise.Data);
        for (int row = 0; row < Rows; row++)
        {
            steps[row] = 1 + random.Integer(-1 - row, policy.Schedule.Steps);
            Range range = new(row * ActionWidth, (row + 1) * ActionWidth);
            policy.Schedule.AddNoise(steps[row], batch.Actions[range], noise.Data[range], noisy.Data[range]);
        }

        return actor.Forward(noisy, steps, observations).MeanSquaredError(noise);
    }

    /// <summary>Seeds the derivative of -eta mean Q_i(s, a0) / mean |Q_j(s, a0)| at the end of the chain.</summary>
    private void Climb(TransitionBatch batch, Tensor observations, long update)
    {
        Tensor action = Chain(actor, observations, update, ChainStream);
        int climbed = Stream(update, OrderStream).Integer(0, 2);
        Critics.Evaluate(batch.Observations, action.Data, ofTargets: false, Pair);
        double magnitude = 0;
        foreach (float value in Pair.AsSpan((1 - climbed) * Rows, Rows))
        {
            magnitude += Math.Abs(value) / Rows;
        }

        Critics.ActionGradient(batch.Observations, action.Data, climbed, Least, ActionGradient);
        double scale = magnitude > 0 ? options.Eta / magnitude : 0, loss = 0;
        for (int i = 0; i < ActionGradient.Length; i++)
        {
            ActionGradient[i] *= (float)(-scale / Rows);
        }

        foreach (float value in Least)
        {
            loss -= scale * value / Rows;
        }

        Metrics.Add("loss/policy", Finite(loss, "the policy's loss", update));
        Tape.Seed(action, ActionGradient);
    }

    /// <summary>The whole chain of DDPM from noise to actions within [-1, 1], recorded where the tape records.</summary>
    private Tensor Chain(DenoisingNetwork network, Tensor observations, long update, int which)
    {
        Tape tape = observations.Tape!;
        NoiseSchedule schedule = policy.Schedule;
        Tensor sample = Normal(tape, update, which, 0);
        for (int step = schedule.Steps; step > 0; step--)
        {
            Array.Fill(steps, step);
            Tensor noise = network.Forward(sample, steps, observations);
            (double clean, double current, double deviation) = schedule.Posterior(step);
            float signal = (float)Math.Sqrt(schedule.Product(step)), spread = (float)Math.Sqrt(1 - schedule.Product(step));
            Tensor estimate = ((sample - (noise * spread)) / signal).Clamp(-1, 1);
            sample = (estimate * (float)clean) + (sample * (float)current);
            if (step > 1)
            {
                sample += Normal(tape, update, which, step) * (float)deviation;
            }
        }

        return sample.Clamp(-1, 1);
    }

    private Tensor Normal(Tape tape, long update, int which, int step)
    {
        Tensor noise = tape.Empty(new Shape(Rows, ActionWidth));
        GaussianNoise.Fill(Stream(update, which + (4 * step) + 4), noise.Data);
        return noise;
    }
}
