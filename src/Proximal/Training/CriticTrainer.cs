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
    private readonly Parameter head;
    private readonly Tape tape;
    private readonly TreePacking packing = new();
    private readonly double gradientClip;
    private readonly ValueObjective objective;
    private readonly GradientClipping clipping;
    private readonly int microbatchTokens;
    private float[] gradient = [];
    private float[] seeds = [];

    public CriticTrainer(LlamaModel trunk, Parameter head, Tape tape, Optimizer optimizer, ValueObjective objective, double learningRate, double gradientClip, int microbatchTokens, Workers workers)
    {
        this.trunk = trunk;
        this.head = head;
        this.tape = tape;
        this.objective = objective;
        clipping = new GradientClipping(Parameters, workers);
        this.gradientClip = gradientClip;
        this.microbatchTokens = microbatchTokens;
        Optimizer = optimizer;
        LearningRate = learningRate;
    }

    public Optimizer Optimizer { get; }

    public double LearningRate { get; }

    /// <summary>All parameters of the critic.</summary>
    public IReadOnlyList<Parameter> Parameters => [.. trunk.Parameters, head];

    /// <summary>The value of the state before each policy token, before the first update of the step.</summary>
    public void FillOldValues(RolloutBatch batch)
    {
        tape.Recording = false;
        foreach ((int from, int to) in Microbatches.Of(batch, 0, batch.Trees.Count, microbatchTokens))
        {
            batch.Spread(packing, from, to, Forward(batch, from, to).Data, batch.Paths.OldValues);
            tape.Reset();
        }

        tape.Recording = true;
        batch.Paths.OldValues.CopyTo(batch.Paths.Values);
    }

    /// <summary>One optimizer step on a minibatch.</summary>
    public void Update(RolloutBatch batch, int start, int end, int step, MetricList metrics)
    {
        tape.Recording = false;
        foreach ((int from, int to) in Microbatches.Of(batch, start, end, microbatchTokens))
        {
            batch.Spread(packing, from, to, Forward(batch, from, to).Data, batch.Paths.Values);
            tape.Reset();
        }

        tape.Recording = true;
        PathBatch minibatch = batch.Paths.Groups(start, end);
        Span<float> valueGradient = Columns.Rent(ref gradient, minibatch.TokenCount);
        ValueMetrics result = objective.Evaluate(minibatch, valueGradient);
        Optimizer.ClearGradients();
        int firstToken = batch.Paths.PathOffsets[batch.Paths.GroupOffsets[start]];
        foreach ((int from, int to) in Microbatches.Of(batch, start, end, microbatchTokens))
        {
            Tensor values = Forward(batch, from, to);
            Span<float> scored = Columns.Rent(ref seeds, values.Length);
            batch.Collect(packing, from, to, valueGradient, firstToken, scored);
            tape.Seed(values, scored);
            tape.Backward();
            tape.Reset();
        }

        double norm = Finite.Require(clipping.ByNorm(gradientClip), "critic", step, "norm of the gradient");
        Optimizer.Step(LearningRate);
        metrics.Add("critic/loss", result.Loss);
        metrics.Add("critic/clip-fraction", result.ClipFraction);
        metrics.Add("critic/explained-variance", result.ExplainedVariance);
        metrics.Add("critic/gradient-norm", norm);
    }

    public void Dispose()
    {
        trunk.Dispose();
        head.Dispose();
        tape.Dispose();
    }

    private Tensor Forward(RolloutBatch batch, int from, int to)
    {
        packing.Clear();
        for (int tree = from; tree < to; tree++)
        {
            packing.Add(batch.Trees[tree], SegmentOrigin.Policy);
        }

        Tensor hidden = trunk.Forward(tape, packing.Tokens, packing.Layout);
        return hidden.IndexSelect(0, packing.ScoredRows).Linear(head);
    }
}
