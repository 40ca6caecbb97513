using Proximal.Environments;
using Proximal.Tasks;
using Proximal.Tasks.Families;

namespace Proximal.Tests.Environments;

public sealed class RewriteCheckerTests
{
    private static readonly RewriteChecker Checker = new(new RewriteCheckerOptions { Turns = 3 });

    [Fact]
    public void Steps_are_taken_whole_or_refused_whole()
    {
        IEpisode episode = Checker.Begin(Goal("abcc", "cba"));
        Assert.Equal("<ok>bacc=", episode.Step("p."));
        Assert.Equal("<err>bacc=", episode.Step("up."));
        Assert.Null(episode.Step("u"));
        Assert.Equal("pu", episode.Answer);
        Assert.Equal(3, episode.Counters["proposals"]);
        Assert.Equal(1, episode.Counters["refused"]);
    }

    [Fact]
    public void The_goal_ends_the_episode()
    {
        IEpisode episode = Checker.Begin(Goal("abcc", "baa"));
        Assert.Null(episode.Step("pu."));
        Assert.Equal("pu", episode.Answer);
    }

    [Fact]
    public void Proposals_and_steps_have_a_budget()
    {
        IEpisode episode = Checker.Begin(Goal("aaaa", "c"));
        Assert.Equal("<ok>bbbbbbbb=", episode.Step("ssss."));
        Assert.Equal("<err>bbbbbbbb=", episode.Step("ttt."));
        Assert.Null(episode.Step("t."));
        Assert.Equal("sssst", episode.Answer);
        episode = Checker.Begin(Goal("aaaa", "c"));
        Assert.Equal("<err>aaaa=", episode.StepCut("sssssss"));
        Assert.Equal("<err>aaaa=", episode.Step("."));
        Assert.Equal("<err>aaaa=", episode.StepCut("sssssss"));
        Assert.Null(episode.Step("q."));
    }

    [Fact]
    public void A_demonstration_reaches_the_goal_step_by_step()
    {
        RewriteTask task = new(new RewriteOptions { Difficulty = 3 });
        for (int i = 0; i < 20; i++)
        {
            TaskInstance instance = task.Generate(TaskSplit.Train, i);
            IEpisode episode = Checker.Begin(instance);
            IReadOnlyList<string> turns = Checker.Demonstration(instance, task.Demonstration(instance));
            Assert.All(turns.SkipLast(1), turn => Assert.StartsWith("<ok>", episode.Step(turn), StringComparison.Ordinal));
            Assert.Null(episode.Step(turns[^1]));
            Assert.True(task.Verify(instance, new Response(episode.Answer!)).Correct);
        }
    }

    [Fact]
    public void It_refuses_problems_of_other_tasks()
    {
        TaskInstance other = new KeyValueTask(new KeyValueOptions()).Generate(TaskSplit.Train, 0);
        Assert.Contains("'rewrite-checker' is the environment of task rewrite-thm", Assert.Throws<ArgumentException>(() => Checker.Begin(other)).Message, StringComparison.Ordinal);
    }

    private static TaskInstance Goal(string source, string target) => new()
    {
        Family = "rewrite-thm",
        Split = TaskSplit.Train,
        Index = 0,
        Key = source,
        Prompt = $"{source}>{target}=",
        Answer = "",
        Metadata = new RewriteMetadata(source, target, 1, false),
    };
}
