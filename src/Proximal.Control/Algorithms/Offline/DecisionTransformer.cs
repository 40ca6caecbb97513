using Proximal.Control.Data;
using Proximal.Control.Policies;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;
using Proximal.Tensors.Random;

namespace Proximal.Control.Algorithms.Offline;

/// <summary>
/// Decision Transformer (Chen et al. 2021): a causal transformer over (return to go, observation, action) of the last K steps learns to predict the
/// actions of a data set, by squared error within [-1, 1] for boxes and by cross-entropy for discrete actions. At test time it is asked for a large
/// return. A sequence begins at a transition drawn uniformly and has K steps or what is left of its trajectory.
/// </summary>
public sealed class DecisionTransformer : OfflineLearner
{
    private readonly DecisionTransformerOptions options;
    private readonly DecisionTransformerPolicy policy;
    private readonly AdamW optimizer;
    private readonly GradientClipping clipping;
    private readonly DecisionTransformerInput input;
    private readonly float[] returns;
    private readonly int[] trajectoryEnds;
    private readonly int[] times;
    private readonly List<int> targets = [];

    /// <summary>Prepares learning.</summary>
    /// <param name="data">What is learned from.</param>
    /// <param name="options">Settings.</param>
    /// <param name="workers">Threads of the kernels.</param>
    /// <exception cref="ArgumentException">The actions are neither discrete nor a bounded box, or a setting is impossible.</exception>
    public DecisionTransformer(OfflineDataset data, DecisionTransformerOptions? options = null, Workers? workers = null)
        : base(data, options ??= new DecisionTransformerOptions(), workers)
    {
        this.options = options;
        double asked = options.Network.TargetReturn != 0 ? options.Network.TargetReturn : data.Returns().Max();
        policy = new DecisionTransformerPolicy(data.ObservationSpace, data.ActionSpace, options.Network with { TargetReturn = asked }, options.Seed);
        policy.Scaling.Fit(Encoded(data), 1e-6);
        optimizer = new AdamW(policy.Parameters, new AdamOptions { LearningRate = options.LearningRate, WeightDecay = options.WeightDecay }, workers);
        clipping = new GradientClipping(policy.Parameters, workers);
        input = new DecisionTransformerInput(data.ObservationSpace, data.ActionSpace, options.Network.LongestEpisode);
        returns = data.ReturnsToGo();
        trajectoryEnds = new int[data.Count];
        times = new int[data.Count];
        for (int i = 0; i < data.TrajectoryCount; i++)
        {
            (int start, int length) = data.Trajectory(i).GetOffsetAndLength(data.Count);
            for (int step = 0; step < length; step++)
            {
                trajectoryEnds[start + step] = start + length;
                times[start + step] = step;
            }
        }
    }

    /// <inheritdoc/>
    public override Policy Policy => policy;

    /// <inheritdoc/>
    private protected override void Update(long update)
    {
        RandomStream random = new(Seed, RandomPurpose.Replay, update);
        input.Clear();
        targets.Clear();
        for (int sequence = 0; sequence < options.BatchSize; sequence++)
        {
            int start = random.Integer(sequence, Data.Count), end = Math.Min(start + options.Network.Context, trajectoryEnds[start]);
            input.Begin(end - start);
            for (int i = start; i < end; i++)
            {
                input.Add(times[i], returns[i], Data.Observation(i), Data.Action(i));
                targets.Add((int)Data.Action(i)[0]);
            }
        }

        Tape.Reset();
        optimizer.ClearGradients();
        Tensor predicted = policy.Predict(Tape, input, update, Seed);
        Tensor loss = Data.ActionSpace is DiscreteSpace
            ? predicted.CrossEntropy(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(targets))
            : predicted.MeanSquaredError(Tape.Input(predicted.Shape, input.Actions));
        Metrics.Add("loss/action", Finite(loss, "the loss of the actions", update));
        Tape.Backward(loss);
        Metrics.Add("gradient/norm", clipping.ByNorm(options.GradientLimit));
        optimizer.Step(options.LearningRate * Math.Min(1, (update + 1.0) / Math.Max(1, options.WarmupUpdates)));
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

    private static float[] Encoded(OfflineDataset data)
    {
        float[] rows = new float[data.Count * data.ObservationSpace.EncodedWidth];
        data.ObservationSpace.EncodeRows(data.Observations, rows);
        return rows;
    }
}
