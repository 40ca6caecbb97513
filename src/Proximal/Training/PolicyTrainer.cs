using System.Diagnostics;
using Proximal.Advantages;
using Proximal.Models.Llama;
using Proximal.Objectives;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Runs;
using Proximal.Selection;
using Proximal.Supplements;
using Proximal.Tasks;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;
using Proximal.Tensors.Random;

namespace Proximal.Training;

/// <summary>
/// Policy optimization: the flow of a step from prompts to new parameters. It knows no method by name; a method is what its parts are.
/// </summary>
internal sealed class PolicyTrainer : IStageTrainer
{
    public required PolicySettings Settings { get; init; }

    public required LlamaModel Policy { get; init; }

    public required LlamaModel? Reference { get; init; }

    public required CriticTrainer? Critic { get; init; }

    /// <summary>The start of the stage that trains the critic alone; null without critic.</summary>
    public required CriticWarmUp? CriticWarmUp { get; init; }

    /// <summary>Losses beside the objective.</summary>
    public required IReadOnlyList<ISupplement> Supplements { get; init; }

    public required IPromptSource Prompts { get; init; }

    public required IRollouts Rollouts { get; init; }

    public required GreedyBaseline? GreedyBaseline { get; init; }

    public required IReadOnlyList<IRewardShaping> Shaping { get; init; }

    public required IAdvantage Advantage { get; init; }

    public required IReadOnlyList<ISelection> Selection { get; init; }

    public required UpdateSelection UpdateSelection { get; init; }

    public required PolicyObjective Objective { get; init; }

    public required PolicyUpdater Updater { get; init; }

    public required Optimizer Optimizer { get; init; }

    public required GradientClipping Clipping { get; init; }

    public required Func<int, double> LearningRate { get; init; }

    /// <inheritdoc/>
    public RolloutBatch? LastBatch { get; private set; }

    public int Steps => Settings.Steps;

    public IEnumerable<(string Name, Optimizer Optimizer)> Optimizers =>
        Critic is null ? [("policy", Optimizer)] : [("policy", Optimizer), ("critic", Critic.Optimizer)];

    public IEnumerable<(string Name, IReadOnlyList<Parameter> Parameters)> Networks
    {
        get
        {
            if (Critic is not null)
            {
                yield return ("critic", Critic.Parameters);
            }

            if (Reference is not null && Settings.ReferenceReset > 0)
            {
                yield return ("reference", Reference.Parameters);
            }

            foreach ((string Name, IReadOnlyList<Parameter> Parameters) network in Rollouts.Networks)
            {
                yield return network;
            }

            for (int i = 0; i < Supplements.Count; i++)
            {
                foreach ((string name, IReadOnlyList<Parameter> parameters) in Supplements[i].Networks)
                {
                    yield return (FormattableString.Invariant($"supplement-{i}-{name}"), parameters);
                }
            }
        }
    }

    public IEnumerable<(string Name, IStateful Component)> Components
    {
        get
        {
            int index = 0;
            foreach (object part in Parts)
            {
                if (part is IStateful stateful)
                {
                    yield return (FormattableString.Invariant($"component-{index}"), stateful);
                }

                index++;
            }

            if (CriticWarmUp is not null)
            {
                yield return ("critic-warm-up", CriticWarmUp);
            }
        }
    }

    private IEnumerable<object> Parts => new object[] { Advantage, Prompts }.Concat(Shaping).Concat(Selection).Concat(Objective.Components).Append(Rollouts).Concat(Supplements);

    /// <summary>One step: rollouts, advantages, updates.</summary>
    public StepReport Step(int step)
    {
        CollectedRollouts own = Collect(step);
        return Learn(step, own, own.Batch);
    }

    /// <summary>The first half of a step: rolls out the policy.</summary>
    public CollectedRollouts Collect(int step)
    {
        long start = Stopwatch.GetTimestamp();
        if (step > 0 && step == Settings.ReferenceReset)
        {
            Reference?.CopyFrom(Policy);
        }

        GroupCollector groups = RollOut(step);
        LastBatch = groups.ToBatch(Settings.ResponseBudget);
        return new CollectedRollouts(groups, LastBatch, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>The second half of a step: learns from rollouts.</summary>
    /// <param name="step">Step, from 0.</param>
    /// <param name="own">What <see cref="Collect"/> gave, of which metrics and the prompts' statistics are.</param>
    /// <param name="batch">What is learned from: the batch of <paramref name="own"/>, or one with rollouts of other models beside these.</param>
    public StepReport Learn(int step, CollectedRollouts own, RolloutBatch batch)
    {
        long start = Stopwatch.GetTimestamp();
        LastBatch = batch;
        MetricList metrics = new();
        metrics.AddRollouts(own.Groups);
        PathBatch paths = batch.Paths;
        Prepare(batch, step);
        foreach (IRewardShaping shaping in Shaping)
        {
            shaping.Shape(paths);
        }

        Advantage.Compute(paths);
        CriticWarmUp?.Observe(paths);
        metrics.AddPerplexity(paths);
        metrics.AddLikelihood(paths);
        foreach (ISelection selection in Selection.Where(selection => !selection.EveryUpdate))
        {
            selection.Select(paths);
        }

        foreach (ISupplement supplement in Supplements)
        {
            supplement.Begin(new SupplementStep(own.Groups.Rounds, Settings.Seed, step, Settings.Steps));
        }

        int passes = Rollouts.Passes(step, Settings.Epochs);
        for (int epoch = 0; epoch < passes; epoch++)
        {
            UpdateEpoch(batch, step, epoch, metrics);
        }

        if (Critic is not null && (Rollouts as ICriticSource)?.TakeFinished() is { } finished)
        {
            Critic.Learn(finished, step, metrics);
        }

        foreach (RolloutBatch round in own.Groups.Rounds)
        {
            Prompts.Observe(round);
        }

        metrics.AddComponents(Parts);
        metrics.AddCost(own.Groups, batch, passes);
        metrics.AddTime(own.Groups, own.Time, own.Time + Stopwatch.GetElapsedTime(start));
        return new StepReport(TrainingStage.Policy, step + 1, Settings.Steps, metrics.ToArray(), batch);
    }

    /// <summary>Rolls out prompts; with dynamic sampling until enough groups are informative.</summary>
    private GroupCollector RollOut(int step)
    {
        GroupCollector groups = new([.. Selection.OfType<IGroupFilter>()], Settings.Prompts);
        for (int round = 0; round < groups.MaximumRounds && !groups.IsFull; round++)
        {
            IReadOnlyList<TaskInstance> prompts = Prompts.Next(Settings.Seed, step, round, Settings.Prompts);
            RolloutRequest request = new(Settings.Rollouts, Settings.Seed, RandomPurpose.Sampling, step, round * Settings.Prompts);
            groups.Add(Finite.RequireRewards(Rollouts.Generate(prompts, request), step));
        }

        return groups;
    }

    /// <summary>Fills what the components need beside rewards: log-probabilities of the old policy and of the reference, values, greedy rewards.</summary>
    private void Prepare(RolloutBatch batch, int step)
    {
        PathBatch paths = batch.Paths;
        paths.Seed = Settings.Seed;
        paths.Step = step;
        paths.Steps = Settings.Steps;
        paths.Filled = Settings.Filled;
        if (Settings.BehaviourIsPolicy && Rollouts.IsOnPolicy && !paths.HasForeign)
        {
            Updater.BeginOnPolicy(batch);
        }
        else
        {
            Updater.BeginOffPolicy(batch);
        }

        Rollouts.FillOld(batch);
        if (Reference is not null)
        {
            Updater.Score(batch, 0, batch.Trees.Count, Reference, static columns => columns.Reference, null);
        }

        GreedyBaseline?.Fill(batch, Settings.Seed, step);
        Critic?.FillOldValues(batch);
    }

    /// <summary>Goes through the batch once. Several minibatches are drawn anew in every epoch, whole groups each.</summary>
    private void UpdateEpoch(RolloutBatch batch, int step, int epoch, MetricList metrics)
    {
        if (Settings.Minibatches == 1)
        {
            Update(batch, step, epoch, metrics);
            return;
        }

        int[] order = [.. Enumerable.Range(0, batch.Trees.Count)];
        new RandomStream(Settings.Seed, RandomPurpose.Minibatches, step, epoch).Shuffle(order.AsSpan());
        for (int minibatch = 0; minibatch < Settings.Minibatches; minibatch++)
        {
            int start = (int)((long)order.Length * minibatch / Settings.Minibatches);
            int end = (int)((long)order.Length * (minibatch + 1) / Settings.Minibatches);
            if (start < end)
            {
                RolloutBatch taken = batch.Take(order.AsSpan(start, end - start));
                Update(taken, step, (epoch * Settings.Minibatches) + minibatch, metrics);
                batch.Return(taken, order.AsSpan(start, end - start));
            }
        }
    }

    private void Update(RolloutBatch minibatch, int step, int update, MetricList metrics)
    {
        minibatch.Paths.Update = update;
        if (CriticWarmUp is null || CriticWarmUp.IsOver(step))
        {
            Optimizer.ClearGradients();
            minibatch.Paths.LearningRate = LearningRate(step);
            if (Settings.NeedsOutputLayer)
            {
                Updater.ScoreOutputLayer(minibatch);
            }

            UpdateSelection.Apply(minibatch.Paths);
            Updater.Update(minibatch, 0, minibatch.Trees.Count, Objective, currentIsKnown: update == 0 || Settings.NeedsOutputLayer);
            UpdateSelection.Undo(minibatch.Paths);
            if (update > 0)
            {
                metrics.AddShift(minibatch.Paths);
            }

            AddSupplements(step, update, metrics);
            double norm = Finite.Require(Clipping.ByNorm(Settings.GradientClip), "policy", step, "norm of the gradient");
            bool isTaken = norm <= Settings.GradientLimit;
            if (isTaken)
            {
                Optimizer.Step(LearningRate(step));
                Rollouts.PolicyChanged();
            }

            metrics.Add("optimizer/left-out", isTaken ? 0 : 1);
            metrics.AddUpdate(Objective.Metrics, norm, LearningRate(step), Updater.LargestMismatch);
            metrics.AddRouting(Updater.Routing);
        }

        if (Rollouts is not ICriticSource)
        {
            Critic?.Update(minibatch, 0, minibatch.Trees.Count, step, valuesAreKnown: update == 0, metrics);
        }
    }

    private void AddSupplements(int step, int update, MetricList metrics)
    {
        SupplementUpdate place = new(Settings.Seed, checked((step * Settings.Minibatches * Settings.Epochs) + update), update % Settings.Minibatches, Settings.Minibatches);
        foreach (ISupplement supplement in Supplements)
        {
            if (supplement.AddGradient(place) is { } loss)
            {
                metrics.Add($"loss/{supplement.Name}", Finite.Require(loss, supplement.Name, step, "loss"));
            }
        }
    }
}
