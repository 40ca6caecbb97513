using Proximal.Models.Generation;
using Proximal.Models.Tokenizers;
using Proximal.Objectives;
using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Supplements;
using Proximal.Tasks;
using Proximal.Tensors;
using Proximal.Training;

namespace Proximal.Tests.Supplements;

/// <summary>The checks of ExPO on single updates.</summary>
public sealed class SelfExplanationTests
{
    [Fact]
    public void Targets_stand_below_the_plain_prompt_and_never_contain_the_hint()
    {
        using SupplementBench bench = new();
        SelfExplanationLoss loss = new(bench.Parts, new SelfExplanation());
        SupplementStep step = bench.Step(20, Wrong);

        loss.Begin(step);

        int[] hint = bench.Tokenizer.Encode("<hint></hint>");
        Assert.Equal(20, loss.Targets.Count);
        Assert.All(bench.Explanations.Asked, problem => Assert.EndsWith($"<hint>ans {problem.Answer} explain</hint>", problem.Prompt, StringComparison.Ordinal));
        Assert.All(loss.Targets.Zip(step.Groups), pair =>
        {
            (TokenTree target, IReadOnlyList<Trajectory> group) = pair;
            TaskInstance problem = group[0].Instance;
            Assert.Equal(bench.Tokenizer.EncodePrompt(problem.Prompt), target.Segments[0].Tokens.ToArray());
            Assert.Equal([SegmentOrigin.Prompt, SegmentOrigin.Teacher, SegmentOrigin.Teacher], target.Segments.Select(segment => segment.Origin));
            Assert.All(target.Segments, segment => Assert.False(segment.Tokens.ContainsAny(hint)));
            Assert.Equal(
                bench.Task.Demonstration(problem) + "<eos>",
                bench.Tokenizer.Decode(target.Segments[1].Tokens) + bench.Tokenizer.Decode(target.Segments[2].Tokens));
        });
    }

    [Fact]
    public void The_gold_answer_replaces_the_one_that_the_explanation_comes_to()
    {
        using SupplementBench bench = new((_, _) => "<think>1+1=2</think><ans>7</ans>");
        SelfExplanationLoss loss = new(bench.Parts, new SelfExplanation());

        loss.Begin(bench.Step(1, Wrong));

        TokenTree target = Assert.Single(loss.Targets);
        Assert.Equal("<think>1+1=2</think>", bench.Tokenizer.Decode(target.Segments[1].Tokens));
        Assert.Equal($"<ans>{bench.Task.Generate(TaskSplit.Train, 0).Answer}</ans><eos>", bench.Tokenizer.Decode(target.Segments[2].Tokens));
    }

    [Theory]
    [InlineData("<think>1+1=2;", 0)]
    [InlineData("1+1=2", 0)]
    [InlineData("<think>1+<think>1=2</think>", 0)]
    [InlineData("<think></think>", 1)]
    public void An_explanation_that_comes_to_no_answer_is_left_out(string explanation, int targets)
    {
        using SupplementBench bench = new((_, _) => explanation);
        SelfExplanationLoss loss = new(bench.Parts, new SelfExplanation());

        loss.Begin(bench.Step(1, Wrong));

        Assert.Equal(targets, loss.Targets.Count);
    }

    [Fact]
    public void Only_groups_that_are_all_wrong_are_explained_where_that_is_asked_for()
    {
        using SupplementBench bench = new();
        SelfExplanationLoss loss = new(bench.Parts, new SelfExplanation { OnlyAllWrong = true });

        // One right rollout in every third group.
        loss.Begin(bench.Step(9, (problem, rollout) => problem.Index % 3 == 0 && rollout == 1 ? bench.Task.Demonstration(problem) : Wrong(problem, rollout)));

        Assert.Equal(6, loss.Targets.Count);
        Assert.DoesNotContain(bench.Explanations.Asked, problem => problem.Index % 3 == 0);
    }

    [Fact]
    public void Explanations_whose_steps_do_not_hold_are_left_out_where_that_is_asked_for()
    {
        using SupplementBench bench = new((problem, _) => Explain(problem, problem.Index % 2 == 0));
        foreach ((bool filter, int targets) in new[] { (false, 10), (true, 5) })
        {
            SelfExplanationLoss loss = new(bench.Parts, new SelfExplanation { FilterConsistent = filter });
            loss.Begin(bench.Step(10, Wrong));
            Assert.Equal(targets, loss.Targets.Count);
            Assert.Equal(0.5, Metric(loss, "explanation/consistent"));
        }

        static string Explain(TaskInstance problem, bool right) =>
            $"<think>{string.Join(';', right ? problem.Steps : problem.Steps.Prepend("1+1=3"))}</think><ans>{problem.Answer}</ans>";
    }

    [Fact]
    public void The_gradient_of_an_all_wrong_group_is_beta_times_that_of_the_likelihood()
    {
        using SupplementBench bench = new();
        SupplementStep step = bench.Step(4, Wrong);
        SelfExplanationLoss loss = new(bench.Parts, new SelfExplanation { Coefficient = 0.04, OnlyAllWrong = true });
        loss.Begin(step);

        bench.ClearGradients();
        GroupRelativeGradient(bench, step.Rounds[0]);
        Assert.All(bench.Gradient(), gradient => Assert.Equal(0, gradient));
        double? value = loss.AddGradient(new SupplementUpdate(1, 0, 0, 1));
        float[] total = bench.Gradient();

        bench.ClearGradients();
        double likelihood = bench.Parts.AddLikelihoodGradient(loss.Targets, 1);
        float[] alone = bench.Gradient();

        Assert.Equal(likelihood, value!.Value);
        Assert.Contains(total, gradient => gradient != 0);
        Assert.All(total.Zip(alone), pair => Assert.Equal(0.04 * pair.Second, pair.First, 1e-7));
    }

    [Fact]
    public void A_small_step_makes_the_gold_answer_likelier_behind_its_explanation()
    {
        using SupplementBench bench = new();
        SelfExplanationLoss loss = new(bench.Parts, new SelfExplanation());
        loss.Begin(bench.Step(1, Wrong));
        TokenTree target = Assert.Single(loss.Targets);
        double before = Answer();

        bench.ClearGradients();
        loss.AddGradient(new SupplementUpdate(1, 0, 0, 1));
        bench.Descend(0.5f);

        Assert.True(Answer() > before);

        double Answer() => bench.Parts.LogProbs([target])[0].TakeLast(target.Segments[^1].Tokens.Length).Sum(logProb => (double)logProb);
    }

    [Fact]
    public void The_loss_of_the_worked_example_is_the_mean_over_explanation_and_answer()
    {
        // Explanation tokens of probability 0.5, 0.8 and 0.4, and one answer token of 0.25.
        using SupplementBench bench = new();
        using ChainModel model = new([0.5f, 0.8f, 0.4f, 0.25f]);
        TokenTree chain = new([0]);
        TokenSegment thought = chain.Branch(0, SegmentOrigin.Teacher, [1, 2, 3]);
        chain.Branch(thought.Index, SegmentOrigin.Teacher, [4]);
        using Workers workers = new(1);
        using UpdateLanes lanes = new(model.Model, workers, 100);
        TargetLosses losses = new(lanes);

        double sum = -losses.LogProbs([chain], model.Model)[0].Sum(logProb => (double)logProb), mean = losses.AddLikelihoodGradient([chain], 0.04);

        Assert.Equal(3.2189, sum, 1e-4);
        Assert.Equal(0.8047, mean, 1e-4);
    }

    [Fact]
    public void Gaps_vanish_between_equal_chains_and_are_differences_of_log_probabilities()
    {
        using SupplementBench bench = new();
        SelfExplanationLoss same = new(bench.Parts, new SelfExplanation());
        same.Begin(bench.Step(3, (problem, _) => bench.Task.Demonstration(problem)));
        Assert.Equal(0, Metric(same, "explanation/gap-in-distribution"), 1e-6);
        Assert.Equal(0, Metric(same, "explanation/gap-signal"), 1e-5);

        using SupplementBench other = new((_, _) => "<think>2</think>");
        SelfExplanationLoss loss = new(other.Parts, new SelfExplanation());
        loss.Begin(other.Step(1, (problem, _) => other.Task.Demonstration(problem)));
        TaskInstance problem = other.Task.Generate(TaskSplit.Train, 0);
        float[][] logProbs = other.Parts.LogProbs([loss.Targets[0], new TargetChains(other.Parts).Of(problem, other.Task.Demonstration(problem))!]);
        int answer = loss.Targets[0].Segments[^1].Tokens.Length;
        Assert.Equal(logProbs[0].Average() - logProbs[1].Average(), Metric(loss, "explanation/gap-in-distribution"), 1e-5);
        Assert.Equal(logProbs[0].TakeLast(answer).Sum() - logProbs[1].TakeLast(answer).Sum(), Metric(loss, "explanation/gap-signal"), 1e-4);
    }

    [Theory]
    [InlineData(0, 1, 3, 0.04)]
    [InlineData(1, 0, 10, 0.04)]
    [InlineData(1, 5, 10, 0.02)]
    [InlineData(0.5, 5, 10, 0)]
    public void The_coefficient_falls_linearly(double anneal, int step, int steps, double expected) =>
        Assert.Equal(expected, Annealing.At(0.04, anneal, new SupplementStep([], 1, step, steps)), 1e-12);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    public void A_policy_that_explains_later_is_kept_as_a_network(int refresh, int networks)
    {
        using SupplementBench bench = new();
        SelfExplanationLoss loss = new(bench.Parts, new SelfExplanation { Refresh = refresh });
        Assert.Equal(networks, loss.Networks.Count());
        if (networks == 0)
        {
            return;
        }

        Parameter explaining = loss.Networks.Single().Parameters[0], policy = bench.Policy.Parameters[0];
        float before = explaining.Data[0];
        policy.Data[0] += 1;
        policy.MarkChanged();
        loss.Begin(bench.Step(1, Wrong, step: 1));
        Assert.Equal(before, explaining.Data[0]);
        loss.Begin(bench.Step(1, Wrong, step: 2));
        Assert.Equal(refresh == 2 ? before + 1 : before, explaining.Data[0]);
    }

    [Fact]
    public void An_update_learns_from_its_share_of_the_targets()
    {
        Assert.Equal([0..2, 2..4, 4..7], Enumerable.Range(0, 3).Select(part => new SupplementUpdate(1, part, part, 3).ShareOf(7)));

        using SupplementBench bench = new();
        SelfExplanationLoss loss = new(bench.Parts, new SelfExplanation());
        loss.Begin(bench.Step(1, Wrong));
        Assert.Null(loss.AddGradient(new SupplementUpdate(1, 0, 0, 2)));
        Assert.NotNull(loss.AddGradient(new SupplementUpdate(1, 1, 1, 2)));
    }

    [Fact]
    public void A_task_without_a_place_for_answers_is_refused()
    {
        using SupplementBench bench = new();
        SupplementParts parts = new(_ => bench.Explanations, () => throw new InvalidOperationException(), _ => { })
        {
            Policy = bench.Policy,
            Reference = null,
            Task = new DelegateTask("parity", "01eo", index => ($"{index}", index % 2 == 0 ? "e" : "o")),
            Environment = bench.Parts.Environment,
            Tokenizer = bench.Tokenizer,
            EndOfSequence = 1,
        };

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => new SelfExplanation().Create(parts));
        Assert.Contains("task 'parity'", exception.Message, StringComparison.Ordinal);
    }

    private static string Wrong(TaskInstance problem, int rollout) => $"<think>{rollout}</think><ans>x</ans>";

    private static double Metric(SelfExplanationLoss loss, string name) => loss.Metrics.Single(metric => metric.Name == name).Value;

    /// <summary>The gradient of GRPO without penalty on a batch.</summary>
    private static void GroupRelativeGradient(SupplementBench bench, RolloutBatch batch)
    {
        PolicyStage stage = ObjectivePresets.Grpo.CreateStage() with { Regularizers = [] };
        using Workers workers = new(1);
        using UpdateLanes lanes = new(bench.Policy, workers, 1000);
        PolicyUpdater updater = new(lanes, null);
        updater.BeginOffPolicy(batch);
        batch.Paths.Current.CopyTo(batch.Paths.Old);
        stage.Advantage.Create<Proximal.Advantages.IAdvantage>().Compute(batch.Paths);
        updater.Update(batch, 0, batch.Trees.Count, stage.CreateObjective(), currentIsKnown: true);
    }
}
