using Proximal.Models.Generation;
using Proximal.Models.Tokenizers;
using Proximal.Supplements;
using Proximal.Tasks;

namespace Proximal.Tests.Supplements;

public sealed class ExplainedPreferencesTests
{
    private static readonly SupplementUpdate Whole = new(1, 0, 0, 1);

    [Fact]
    public void At_the_reference_the_loss_of_the_pairs_is_the_logarithm_of_two()
    {
        using SupplementBench bench = new();
        ExplainedPreferenceLoss loss = new(bench.Parts, new ExplainedPreferences());
        loss.Begin(bench.Step(5, Wrong));

        double? value = loss.AddGradient(Whole);

        Assert.Equal(5, loss.Pairs.Count);
        Assert.Equal(Math.Log(2), value!.Value, 1e-12);
        Assert.Equal(0.6931, value.Value, 1e-4);
        Assert.Equal(0, loss.Metrics.Single(metric => metric.Name == "preferences/margin").Value);
    }

    [Fact]
    public void A_pair_is_an_explanation_with_the_gold_answer_and_a_wrong_rollout_of_one_plain_prompt()
    {
        using SupplementBench bench = new();
        ExplainedPreferenceLoss loss = new(bench.Parts, new ExplainedPreferences());

        // The first rollout of the second prompt is right: the other one is taken.
        loss.Begin(bench.Step(2, (problem, rollout) => problem.Index == 1 && rollout == 0 ? bench.Task.Demonstration(problem) : Wrong(problem, rollout)));

        TaskInstance[] problems = [.. Enumerable.Range(0, 2).Select(i => bench.Task.Generate(TaskSplit.Train, i))];
        Assert.All(loss.Pairs.Zip(problems), pair =>
        {
            (TargetPair targets, TaskInstance problem) = pair;
            Assert.Equal(bench.Tokenizer.EncodePrompt(problem.Prompt), targets.Chosen.Segments[0].Tokens.ToArray());
            Assert.Equal(bench.Tokenizer.EncodePrompt(problem.Prompt), targets.Rejected.Segments[0].Tokens.ToArray());
            Assert.Equal($"<ans>{problem.Answer}</ans><eos>", bench.Tokenizer.Decode(targets.Chosen.Segments[^1].Tokens));
            Assert.Equal(Wrong(problem, problem.Index == 1 ? 1 : 0) + "<eos>", bench.Tokenizer.Decode(targets.Rejected.Segments[1].Tokens));
        });
    }

    [Fact]
    public void A_small_step_raises_the_margin()
    {
        using SupplementBench bench = new();
        ExplainedPreferenceLoss loss = new(bench.Parts, new ExplainedPreferences());
        loss.Begin(bench.Step(3, Wrong));
        bench.ClearGradients();
        double before = loss.AddGradient(Whole)!.Value;
        bench.Descend(0.1f);

        Assert.True(loss.AddGradient(Whole) < before);
    }

    [Fact]
    public void The_gradient_is_that_of_the_logarithm_of_the_logistic_function()
    {
        using SupplementBench bench = new();
        ExplainedPreferenceLoss loss = new(bench.Parts, new ExplainedPreferences { Beta = 0.3, Coefficient = 2 });
        loss.Begin(bench.Step(2, Wrong));
        bench.ClearGradients();
        loss.AddGradient(Whole);
        float[] gradient = bench.Gradient();

        // At the reference the slope is -beta / 2: half of what each response alone would have.
        bench.ClearGradients();
        int tokens = Tokens(loss.Pairs.Select(pair => pair.Chosen));
        bench.Parts.AddLikelihoodGradient([.. loss.Pairs.Select(pair => pair.Chosen)], 2 * 0.3 / 2 * tokens / 2);
        bench.Parts.AddLikelihoodGradient([.. loss.Pairs.Select(pair => pair.Rejected)], -2 * 0.3 / 2 * Tokens(loss.Pairs.Select(pair => pair.Rejected)) / 2);

        Assert.Contains(gradient, value => Math.Abs(value) > 1e-3);
        Assert.All(gradient.Zip(bench.Gradient()), pair => Assert.Equal(pair.Second, pair.First, 1e-5));

        static int Tokens(IEnumerable<TokenTree> chains) => chains.Sum(chain => chain.Segments.Skip(1).Sum(segment => segment.Tokens.Length));
    }

    [Fact]
    public void Offline_both_sides_come_from_the_policy_of_the_beginning()
    {
        using SupplementBench bench = new((problem, rollout) => problem.Prompt.Contains("<hint>", StringComparison.Ordinal) ? "<think>1</think>" : $"old {rollout}");
        ExplainedPreferenceLoss loss = new(bench.Parts, new ExplainedPreferences { Refresh = 0 });

        loss.Begin(bench.Step(3, Wrong));

        Assert.Single(loss.Networks);
        Assert.All(loss.Pairs, pair => Assert.Equal("old 0<eos>", bench.Tokenizer.Decode(pair.Rejected.Segments[1].Tokens)));
    }

    private static string Wrong(TaskInstance problem, int rollout) => $"<think>{rollout}</think><ans>x</ans>";
}
