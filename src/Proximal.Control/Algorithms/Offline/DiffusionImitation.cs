using Proximal.Control.Data;
using Proximal.Control.Diffusion;
using Proximal.Control.Policies;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;
using Proximal.Tensors.Random;

namespace Proximal.Control.Algorithms.Offline;

/// <summary>
/// Diffusion Policy (Chi et al. 2023): a network learns the noise e in a chunk of actions A, L = |e - e(sqrt(abar_k) A + sqrt(1 - abar_k) e, k, o)|^2 with k
/// drawn uniformly; at the ends of trajectories observations and actions are repeated. The policy acts with an average of the weights.
/// </summary>
public sealed class DiffusionImitation : OfflineLearner
{
    private readonly DiffusionImitationOptions options;
    private readonly DiffusionPolicy policy;
    private readonly DenoisingNetwork network;
    private readonly AdamW optimizer;
    private readonly float[] encoded;
    private readonly float[] unitActions;
    private readonly int[] trajectoryStarts;
    private readonly int[] trajectoryEnds;
    private readonly int[] steps;

    /// <summary>Prepares learning.</summary>
    /// <param name="data">What is learned from.</param>
    /// <param name="options">Settings.</param>
    /// <param name="workers">Threads of the kernels.</param>
    /// <exception cref="ArgumentException">The actions are not a bounded box, or a setting is impossible.</exception>
    public DiffusionImitation(OfflineDataset data, DiffusionImitationOptions? options = null, Workers? workers = null)
        : base(data, options ??= new DiffusionImitationOptions(), workers)
    {
        this.options = options;
        policy = new DiffusionPolicy(data.ObservationSpace, data.ActionSpace, options.Policy, options.Seed);
        network = policy.CreateNetwork(options.Seed);
        optimizer = new AdamW(network.Parameters, new AdamOptions { LearningRate = options.LearningRate, WeightDecay = options.WeightDecay }, workers);
        encoded = new float[data.Count * data.ObservationSpace.EncodedWidth];
        data.ObservationSpace.EncodeRows(data.Observations, encoded);
        policy.Scaling.Fit(encoded);
        policy.Scaling.Apply(encoded);
        unitActions = new float[data.Actions.Length];
        ((BoxSpace)data.ActionSpace).ToUnit(data.Actions, unitActions);
        trajectoryStarts = new int[data.Count];
        trajectoryEnds = new int[data.Count];
        for (int i = 0; i < data.TrajectoryCount; i++)
        {
            Range range = data.Trajectory(i);
            trajectoryStarts.AsSpan(range).Fill(range.Start.Value);
            trajectoryEnds.AsSpan(range).Fill(range.End.Value);
        }

        steps = new int[options.BatchSize];
    }

    /// <inheritdoc/>
    public override Policy Policy => policy;

    /// <inheritdoc/>
    private protected override void Update(long update)
    {
        int rows = options.BatchSize, chunk = policy.ChunkWidth;
        Tape.Reset();
        optimizer.ClearGradients();
        Tensor noisy = Tape.Empty(new Shape(rows, chunk)), noise = Tape.Empty(new Shape(rows, chunk)), condition = Tape.Empty(new Shape(rows, policy.ConditionWidth));
        Span<float> clean = noisy.Data;
        for (int row = 0; row < rows; row++)
        {
            RandomStream random = new(Seed, RandomPurpose.Replay, update, row);
            int at = random.Integer(0, Data.Count);
            steps[row] = 1 + random.Integer(1, options.Policy.NoiseSteps);
            Span<float> target = clean.Slice(row * chunk, chunk), wanted = noise.Data.Slice(row * chunk, chunk);
            Gather(at, condition.Data.Slice(row * policy.ConditionWidth, policy.ConditionWidth), target);
            for (int i = 0; i < chunk; i++)
            {
                wanted[i] = (float)random.Normal(1 + i);
            }

            policy.Schedule.AddNoise(steps[row], target, wanted, target);
        }

        Tensor loss = network.Forward(noisy, steps, condition).MeanSquaredError(noise);
        Metrics.Add("loss/noise", Finite(loss, "the loss of the noise", update));
        Tape.Backward(loss);
        optimizer.Step(options.LearningRate * RateFactor(update));
        double decay = Math.Clamp(1 - Math.Pow(1 + update, -options.AveragePower), 0, 0.9999);
        policy.Network.MoveTowards(network, (float)(1 - decay));
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        TransferParameters(state, policy.Parameters);
        TransferParameters(state, network.Parameters);
        TransferOptimizer(state, optimizer);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            policy.Dispose();
            network.Dispose();
            optimizer.Dispose();
        }
    }

    private double RateFactor(long update)
    {
        if (update < options.WarmupUpdates)
        {
            return (update + 1.0) / options.WarmupUpdates;
        }

        double progress = Math.Clamp((double)(update - options.WarmupUpdates) / Math.Max(1, Target - options.WarmupUpdates), 0, 1);
        return 0.5 * (1 + Math.Cos(Math.PI * progress));
    }

    /// <summary>Copies the observations before a transition and the actions around it; beyond the ends of its trajectory the last ones are repeated.</summary>
    private void Gather(int at, Span<float> condition, Span<float> chunk)
    {
        int width = Data.ObservationSpace.EncodedWidth, actionWidth = Data.ActionSpace.Width, oldest = at - options.Policy.ObservationSteps + 1;
        for (int i = 0; i < options.Policy.ObservationSteps; i++)
        {
            encoded.AsSpan(Math.Max(oldest + i, trajectoryStarts[at]) * width, width).CopyTo(condition[(i * width)..]);
        }

        for (int i = 0; i < options.Policy.PredictedActions; i++)
        {
            int source = Math.Clamp(oldest + i, trajectoryStarts[at], trajectoryEnds[at] - 1);
            unitActions.AsSpan(source * actionWidth, actionWidth).CopyTo(chunk[(i * actionWidth)..]);
        }
    }
}
