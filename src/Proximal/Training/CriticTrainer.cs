using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Objectives;
using Proximal.Rollouts;
using Proximal.Runs;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;

namespace Proximal.Training;

/// <summary>
/// The critic of PPO: a trunk of the policy's shape, apart from the policy, and a linear head that reads the value of the state before each
/// token from the row that predicts it. Its loss is the clipped squared error to the λ-returns.
/// </summary>
internal sealed class CriticTrainer : IDisposable
{
    private readonly LlamaModel trunk;
    private readonly Parameter[] heads;
    private readonly UpdateLanes lanes;
    private readonly double gradientClip;
    private readonly ValueObjective objective;
    private readonly GradientClipping clipping;
    private float[] gradient = [];

    public CriticTrainer(LlamaModel trunk, Parameter head, Optimizer optimizer, ValueObjective objective, double learningRate, double gradientClip, int microbatchTokens, Workers workers)
    {
        this.trunk = trunk;
        heads = [head, .. Enumerable.Range(1, LlamaLanes.Maximum - 1).Select(_ => head.Lane())];
        lanes = new UpdateLanes(trunk, workers, microbatchTokens);
        this.objective = objective;
        clipping = new GradientClipping(Parameters, workers);
        this.gradientClip = gradientClip;
        Optimizer = optimizer;
        LearningRate = learningRate;
    }

    public Optimizer Optimizer { get; }

    public double LearningRate { get; }

    /// <summary>All parameters of the critic.</summary>
    public IReadOnlyList<Parameter> Parameters => [.. trunk.Parameters, heads[0]];

    /// <summary>The value of the state before each policy token, before the first update of the step.</summary>
    public void FillOldValues(RolloutBatch batch)
    {
        FillValues(batch, 0, batch.Trees.Count);
        batch.Paths.Values.CopyTo(batch.Paths.OldValues);
    }

    /// <summary>One optimizer step on a minibatch.</summary>
    /// <param name="batch">All rollouts of the step.</param>
    /// <param name="start">First tree of the minibatch.</param>
    /// <param name="end">One past the last tree of the minibatch.</param>
    /// <param name="step">Step, from 0.</param>
    /// <param name="valuesAreKnown">Whether the values of the critic as it is now already stand in the batch.</param>
    /// <param name="metrics">Told of the update.</param>
    public void Update(RolloutBatch batch, int start, int end, int step, bool valuesAreKnown, MetricList metrics)
    {
        if (!valuesAreKnown)
        {
            FillValues(batch, start, end);
        }

        PathBatch minibatch = batch.Paths.Groups(start, end);
        int tokens = minibatch.TokenCount;
        ValueMetrics result = objective.Evaluate(minibatch, Columns.Rent(ref gradient, tokens));
        Optimizer.ClearGradients();
        int firstToken = batch.Paths.PathOffsets[batch.Paths.GroupOffsets[start]];
        foreach (UpdateLane lane in lanes.Update(batch.Trees, start, end, SegmentOrigin.Policy, Backward)[1..])
        {
            heads[0].TakeGradient(heads[lane.Index]);
        }

        double norm = Finite.Require(clipping.ByNorm(gradientClip), "critic", step, "norm of the gradient");
        Optimizer.Step(LearningRate);
        metrics.Add("critic/loss", result.Loss);
        metrics.Add("critic/clip-fraction", result.ClipFraction);
        metrics.Add("critic/explained-variance", result.ExplainedVariance);
        metrics.Add("critic/gradient-norm", norm);

        void Backward(UpdateLane lane, int from, int to)
        {
            Tensor values = Values(lane);
            Span<float> scored = lane.Seeds(values.Length);
            batch.Collect(lane.Packing, from, to, gradient.AsSpan(0, tokens), firstToken, scored);
            lane.Tape.Seed(values, scored);
        }
    }

    /// <summary>One optimizer step on finished sequences with Monte Carlo returns, all their policy tokens: no estimate of the critic is among its targets.</summary>
    /// <param name="finished">The sequences.</param>
    /// <param name="step">Step, from 0.</param>
    /// <param name="metrics">Told of the update.</param>
    public void Learn(RolloutBatch finished, int step, MetricList metrics)
    {
        FillOldValues(finished);
        PathBatch paths = finished.Paths;
        for (int path = 0; path < paths.PathCount; path++)
        {
            paths.Returns[paths.Path(path)].Fill(paths.Rewards[path]);
        }

        Update(finished, 0, finished.Trees.Count, step, valuesAreKnown: true, metrics);
    }

    public void Dispose()
    {
        lanes.Dispose();
        trunk.Dispose();
        foreach (Parameter head in heads.Reverse())
        {
            head.Dispose();
        }
    }

    private void FillValues(RolloutBatch batch, int start, int end) =>
        lanes.Score(batch.Trees, start, end, (lane, from, to) => batch.Spread(lane.Packing, from, to, Values(lane).Data, batch.Paths.Values));

    private Tensor Values(UpdateLane lane) => lane.Forward(lane.Model).IndexSelect(0, lane.Packing.ScoredRows).Linear(heads[lane.Index]);
}
