using System.Diagnostics;
using Proximal.Models.Generation;
using Proximal.Rollouts;
using Proximal.Runs;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;

namespace Proximal.Training;

/// <summary>Supervised learning on demonstrations, one batch a step.</summary>
internal sealed class SupervisedTrainer : IStageTrainer
{
    private int? lastStep;

    public required ulong Seed { get; init; }

    public required int Steps { get; init; }

    public required int Batch { get; init; }

    public required double GradientClip { get; init; }

    public required Demonstrations Demonstrations { get; init; }

    public required SupervisedUpdater Updater { get; init; }

    public required Optimizer Optimizer { get; init; }

    public required GradientClipping Clipping { get; init; }

    public required Func<int, double> LearningRate { get; init; }

    public RolloutBatch? LastBatch => lastStep is { } step ? Demonstrations.Describe(Seed, step, Batch) : null;

    public IEnumerable<(string Name, Optimizer Optimizer)> Optimizers => [("policy", Optimizer)];

    public IEnumerable<(string Name, IReadOnlyList<Parameter> Parameters)> Networks => [];

    public IEnumerable<(string Name, IStateful Component)> Components => [];

    public StepReport Step(int step)
    {
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<TokenTree> trees = Demonstrations.Next(Seed, step, Batch);
        lastStep = step;
        Optimizer.ClearGradients();
        double loss = Finite.Require(Updater.Update(trees), "supervised", step, "loss");
        double norm = Finite.Require(Clipping.ByNorm(GradientClip), "supervised", step, "norm of the gradient");
        double rate = LearningRate(step);
        Optimizer.Step(rate);

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new StepReport(
            TrainingStage.Supervised,
            step + 1,
            Steps,
            [
                new Metric("loss/total", loss),
                new Metric("gradient/norm", norm),
                new Metric("optimizer/learning-rate", rate),
                new Metric("time/tokens-per-second", trees.Sum(t => t.TokenCount) / seconds),
                new Metric("time/step-seconds", seconds),
            ],
            null);
    }
}
