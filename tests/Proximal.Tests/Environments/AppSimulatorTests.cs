using Proximal.Environments;
using Proximal.Tasks;
using Proximal.Tasks.Families;
using Proximal.Tests.Training;

namespace Proximal.Tests.Environments;

public sealed class AppSimulatorTests
{
    private static readonly AppDialect Dialect = new("ref", "new", "to");
    private static readonly AppSimulator Simulator = new(new AppSimulatorOptions());

    [Theory]
    [InlineData("list;", ">abc\n")]
    [InlineData("help;", ">list,get,update,send\n")]
    [InlineData("help list;", ">list\n")]
    [InlineData("help get;", ">get(ref)\n")]
    [InlineData("help update;", ">update(ref,new)\n")]
    [InlineData("help send;", ">send(ref,to)\n")]
    [InlineData("help drop;", ">err call\n")]
    [InlineData("get(ref=b);", ">7\n")]
    [InlineData("update(ref=b,new=3);", ">ok\n")]
    [InlineData("update(new=3,ref=b);", ">ok\n")]
    [InlineData("send(ref=a,to=m);", ">ok\n")]
    [InlineData("get(id=b);", ">err args\n")]
    [InlineData("get();", ">err args\n")]
    [InlineData("get(ref=b,ref=b);", ">err args\n")]
    [InlineData("update(ref=b);", ">err args\n")]
    [InlineData("update(ref=b,ref=c);", ">err args\n")]
    [InlineData("get(ref=e);", ">err row\n")]
    [InlineData("get(ref=);", ">err row\n")]
    [InlineData("update(ref=b,new=77);", ">err value\n")]
    [InlineData("send(ref=b,to=z);", ">err value\n")]
    [InlineData("drop(ref=b);", ">err call\n")]
    [InlineData("get;", ">err call\n")]
    [InlineData(";", ">err call\n")]
    [InlineData("done;", null)]
    [InlineData("get(ref=b)", null)]
    public void A_command_is_answered(string command, string? answer) => Assert.Equal(answer, Simulator.Begin(Goal()).Step(command));

    [Fact]
    public void The_score_is_the_share_of_the_tests_that_the_final_state_passes()
    {
        IEpisode episode = Simulator.Begin(Goal());
        Assert.Equal(1 / 3.0, episode.Judge()!.Score, 12);
        episode.Step("update(ref=a,new=7);");
        Assert.Equal(2 / 3.0, episode.Judge()!.Score, 12);
        episode.Step("send(ref=a,to=m);");
        Assert.True(episode.Judge() is { Score: 1, Correct: true, FormatOk: false });
        Assert.Null(episode.Step("done;"));
        Assert.True(episode.Judge() is { Score: 1, Correct: true, FormatOk: true });
        episode = Simulator.Begin(Goal());
        episode.Step("update(ref=a,new=7);");
        episode.Step("send(ref=a,to=m);");
        episode.Step("update(ref=c,new=7);");
        Assert.True(episode.Judge() is { Correct: false, Partial: > 0.66 and < 0.67 });
    }

    [Fact]
    public void Two_rollouts_of_one_problem_never_share_state()
    {
        TaskInstance goal = Goal();
        IEpisode first = Simulator.Begin(goal), second = Simulator.Begin(goal);
        first.Step("update(ref=a,new=9);");
        Assert.Equal(">1\n", second.Step("get(ref=a);"));
        Assert.Equal(">9\n", first.Step("get(ref=a);"));
        Assert.Equal(">1\n", Simulator.Begin(goal).Step("get(ref=a);"));
    }

    [Fact]
    public void Behaviour_is_counted_without_reward()
    {
        IEpisode episode = Simulator.Begin(Goal());
        Assert.Equal(0, episode.Counters["help-before-use"]);
        episode.Step("get(id=a);");
        episode.Step("help update;");
        episode.Step("update(ref=a,new=7);");
        episode.Step("help get;");
        episode.StepCut("update(ref=a,new=");
        Assert.Equal(5, episode.Counters["commands"]);
        Assert.Equal(2, episode.Counters["errors"]);
        Assert.Equal(1, episode.Counters["unknown-arguments"]);
        Assert.Equal(0.5, episode.Counters["help-before-use"]);
    }

    [Fact]
    public void Commands_have_a_budget()
    {
        IEpisode episode = new AppSimulator(new AppSimulatorOptions { Turns = 2 }).Begin(Goal());
        Assert.NotNull(episode.Step("list;"));
        Assert.Null(episode.Step("list;"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Demonstrations_pass_all_tests_and_doing_nothing_does_not(int difficulty)
    {
        AppTask task = new(new AppOptions { Difficulty = difficulty });
        HashSet<string> prompts = [];
        int changing = 0;
        for (int i = 0; i < 100; i++)
        {
            TaskInstance instance = task.Generate(TaskSplit.Train, i);
            prompts.Add(instance.Prompt);
            IEpisode episode = Simulator.Begin(instance);
            changing += episode.Judge()!.Correct ? 0 : 1;
            foreach (string turn in Simulator.Demonstration(instance, task.Demonstration(instance)))
            {
                Assert.False(episode.Step(turn)?.StartsWith(">err", StringComparison.Ordinal) ?? false, turn);
            }

            Assert.True(episode.Judge() is { Correct: true, Score: 1, FormatOk: true }, instance.Prompt);
            Assert.Equal(1, episode.Counters["help-before-use"]);
            Assert.True(task.Verify(instance, new Response(task.Demonstration(instance))).Correct);
        }

        // A goal may happen to be reached already, as where a row shall have the digit that it has.
        Assert.InRange(changing, 80, 100);
        Assert.True(prompts.Count > 20, $"{prompts.Count} goals");
    }

    [Fact]
    public void Careless_demonstrations_read_no_help()
    {
        AppTask task = new(new AppOptions { Careless = 1 });
        Assert.All(Enumerable.Range(0, 20), i => Assert.DoesNotContain("help", task.Demonstration(task.Generate(TaskSplit.Train, i)), StringComparison.Ordinal));
    }

    [Fact]
    public void The_final_state_decides_in_a_run()
    {
        using TemporaryFolder folder = new();
        Recorder recorder = new();
        TinyRuns.Train(
            TinyRuns.Recipe(
                "objective: rloo",
                supervised: "steps: 30",
                overrides: ["task=app-sim", "environment=app-simulator", "model.context=128", "policy.response-tokens=64", "evaluation.every=0", "supervised.demonstration-noise=0"]),
            folder.File("run"),
            observer: recorder);
        Assert.All(recorder.Policy, report => Assert.Equal(0, report["exactness/largest-mismatch"]));
        Assert.All(recorder.Policy, report => Assert.True(report["episode/commands"] >= 1));
        Assert.Contains(recorder.Policy.SelectMany(report => report.Rollouts!.Trajectories), t => t.Verdict.Score > 0);
    }

    private static TaskInstance Goal() => new()
    {
        Family = "app-sim",
        Split = TaskSplit.Train,
        Index = 0,
        Key = "test",
        Prompt = "set a 7 mail a m:",
        Answer = "",
        Metadata = new AppMetadata(
            [('a', '1'), ('b', '7'), ('c', '3')],
            Dialect,
            [new AppTest(AppTestKind.Value, "a", "7"), new AppTest(AppTestKind.Sent, "", "a7>m"), new AppTest(AppTestKind.NothingElse, "a", "a7>m")]),
    };
}
