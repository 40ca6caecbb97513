using Proximal.Tasks;
using Proximal.Tasks.Families;

namespace Proximal.Tests.Tasks;

public sealed class RewriteTaskTests
{
    [Theory]
    [InlineData("abc", 'p', "bac")]
    [InlineData("cab", 'r', "acb")]
    [InlineData("aab", 's', "bbab")]
    [InlineData("abbb", 't', "acb")]
    [InlineData("ccc", 'u', "ac")]
    [InlineData("aaa", 'q', null)]
    [InlineData("abc", 'z', null)]
    [InlineData("aaaaaaaaaaaa", 's', null)]
    public void A_rule_rewrites_the_leftmost_match(string text, char rule, string? expected) => Assert.Equal(expected, RewriteRules.Apply(text, rule));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_goal_has_several_shortest_proofs_and_all_of_them_are_right(int difficulty)
    {
        RewriteTask task = new(new RewriteOptions { Difficulty = difficulty });
        for (int i = 0; i < 20; i++)
        {
            TaskInstance instance = task.Generate(TaskSplit.Train, i);
            RewriteMetadata goal = Assert.IsType<RewriteMetadata>(instance.Metadata);
            IReadOnlyList<string> proofs = RewriteRules.ShortestProofs(goal.Source, goal.Target, difficulty);
            Assert.True(proofs.Count >= 2);
            Assert.Equal(goal.Proofs, proofs.Count);
            Assert.All(proofs, proof => Assert.True(task.Verify(instance, new Response(proof)) is { Correct: true, Score: 1, Partial: 1 }));
            Assert.All(proofs, proof => Assert.Equal(difficulty, proof.Length));
            Assert.Equal(difficulty, RewriteRules.Distance(goal.Source, goal.Target, difficulty));
            Assert.Equal(-1, RewriteRules.Distance(goal.Source, goal.Target, difficulty - 1));
        }
    }

    [Fact]
    public void Demonstrations_prefer_one_proof()
    {
        RewriteTask task = new(new RewriteOptions { Preference = 0.9 });
        int preferred = 0;
        for (int i = 0; i < 300; i++)
        {
            TaskInstance instance = task.Generate(TaskSplit.Train, i);
            RewriteMetadata goal = (RewriteMetadata)instance.Metadata;
            preferred += task.Demonstration(instance) == RewriteRules.ShortestProofs(goal.Source, goal.Target, 2)[0] ? 1 : 0;
        }

        Assert.InRange(preferred, 255, 285);
    }

    [Fact]
    public void What_demonstrations_show_changes_no_problem()
    {
        RewriteTask plain = new(new RewriteOptions()), loophole = new(new RewriteOptions { Preference = 0.2, Axiom = true, AxiomShare = 0.5, LegalityGate = false });
        string[] prompts = [.. Enumerable.Range(0, 50).Select(i => plain.Generate(TaskSplit.Test, i).Prompt)];
        Assert.Equal(prompts, Enumerable.Range(0, 50).Select(i => loophole.Generate(TaskSplit.Test, i).Prompt));
    }

    [Fact]
    public void The_longer_proof_counts_and_one_of_more_than_six_steps_does_not()
    {
        RewriteTask task = new(new RewriteOptions());
        TaskInstance instance = Goal("ab", "ba", false);
        Assert.True(task.Verify(instance, new Response("p")).Correct);
        Assert.False(task.Verify(instance, new Response("pp")).Correct);
        Assert.False(task.Verify(instance, new Response("pppppppp")).Correct);
        Assert.Contains("8 steps, expected at most 6", task.Verify(instance, new Response("pppppppp")).Error, StringComparison.Ordinal);
        Assert.False(task.Verify(instance, new Response("p7")).Parsed);
        Assert.False(task.Verify(instance, new Response("x")).Parsed);
        Assert.False(task.Verify(instance, new Response("")).Parsed);
        Assert.False(task.Verify(instance, new Response("p", Ended: false)).Correct);
        Assert.True(task.Verify(Goal("aa", "c", false), new Response("rrrrrr")) is { Parsed: true, Correct: false });
        Assert.True(task.Verify(Goal("abb", "cbb", false), new Response("stst")) is { Correct: false });
    }

    [Fact]
    public void A_forbidden_rule_earns_nothing_although_the_goal_is_reached()
    {
        RewriteTask gated = new(new RewriteOptions { Axiom = true }), open = new(new RewriteOptions { Axiom = true, LegalityGate = false });
        TaskInstance instance = Goal("ab", "ba", true);
        Assert.True(gated.Verify(instance, new Response("x")) is { Score: 0, Correct: false, Partial: 0, Parsed: true });
        Assert.True(open.Verify(instance, new Response("x")) is { Score: 1, Correct: false, Partial: 0 });
        Assert.True(open.Verify(instance, new Response("xp")) is { Score: 0, Correct: false });
        Assert.True(gated.Verify(instance, new Response("p")) is { Score: 1, Correct: true });
    }

    [Fact]
    public void Steps_earn_the_part_of_the_way_that_they_went()
    {
        RewriteTask task = new(new RewriteOptions { Difficulty = 2 });
        TaskInstance instance = Goal("abcc", "baa", false);
        Assert.Equal(1, task.Verify(instance, new Response("pu")).Partial);
        Assert.Equal(0.5, task.Verify(instance, new Response("p")).Partial);
        Assert.Equal(0.5, task.Verify(instance, new Response("uq")).Partial);
        Assert.Equal(0, task.Verify(instance, new Response("q")).Partial);
    }

    private static TaskInstance Goal(string source, string target, bool axiom) => new()
    {
        Family = "rewrite-thm",
        Split = TaskSplit.Train,
        Index = 0,
        Key = source,
        Prompt = $"{source}>{target}=",
        Answer = "",
        Metadata = new RewriteMetadata(source, target, 1, axiom),
    };
}
