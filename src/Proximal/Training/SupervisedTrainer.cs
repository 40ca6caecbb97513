using System.Diagnostics;
using Proximal.Rollouts;
using Proximal.Runs;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;
using Proximal.Weighting;

namespace Proximal.Training;

/// <summary>Supervised learning on demonstrations, one batch a step.</summary>
internal sealed class SupervisedTrainer : IStageTrainer
{
    private int? lastStep;

    /// <summary>Whether the policy learns here, or the teacher that writes demonstrations for it.</summary>
    public required TrainingStage Stage { get; init; }

    public required ulong Seed { get; init; }

    public required int Steps { get; init; }

    public required int Batch { get; init; }

    public required double GradientClip { get; init; }

    /// <summary>What is learned from, unless a teacher has begun.</summary>
    public required IDemonstrations Demonstrations { get; init; }

    /// <summary>What is learned from after the first <see cref="TeacherBegin"/> steps; null for the same as before.</summary>
    public IDemonstrations? TeacherDemonstrations { get; init; }

    public int TeacherBegin { get; init; }

    /// <summary>Weights on tokens; where there is a teacher, of its demonstrations alone.</summary>
    public ITokenWeighting? Weighting { get; init; }

    public required SupervisedUpdater Updater { get; init; }

    public required Optimizer Optimizer { get; init; }

    public required GradientClipping Clipping { get; init; }

    public required Func<int, double> LearningRate { get; init; }

    public RolloutBatch? LastBatch => lastStep is { } step ? SourceOf(step).Describe(Seed, step, Batch) : null;

    public IEnumerable<(string Name, Optimizer Optimizer)> Optimizers => [(Stage == TrainingStage.Teacher ? "teacher" : "policy", Optimizer)];

    public IEnumerable<(string Name, IReadOnlyList<Parameter> Parameters)> Networks => [];

    public IEnumerable<(string Name, IStateful Component)> Components => [];

    public StepReport Step(int step)
    {
        long start = Stopwatch.GetTimestamp();
        DemonstrationBatch batch = SourceOf(step).Next(Seed, step, Batch);
        lastStep = step;
        Optimizer.ClearGradients();
        double loss = Finite.Require(Updater.Update(batch, IsWeighted(step) ? Weighting : null), "supervised", step, "loss");
        double norm = Finite.Require(Clipping.ByNorm(GradientClip), "supervised", step, "norm of the gradient");
        double rate = LearningRate(step);
        Optimizer.Step(rate);

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Metric[] weights = Weighting is null
            ? []
            : [new Metric("loss/negative-log-likelihood", Updater.NegativeLogLikelihood), new Metric("weight/mean", Updater.MeanWeight)];
        return new StepReport(
            Stage,
            step + 1,
            Steps,
            [
                new Metric("loss/total", loss),
                .. weights,
                new Metric("gradient/norm", norm),
                new Metric("optimizer/learning-rate", rate),
                new Metric("time/tokens-per-second", batch.Trees.Sum(t => t.TokenCount) / seconds),
                new Metric("time/step-seconds", seconds),
            ],
            null);
    }

    private IDemonstrations SourceOf(int step) => TeacherDemonstrations is not null && step >= TeacherBegin ? TeacherDemonstrations : Demonstrations;

    private bool IsWeighted(int step) => TeacherDemonstrations is null || step >= TeacherBegin;
}
