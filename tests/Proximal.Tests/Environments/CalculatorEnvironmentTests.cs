using Proximal.Environments;
using Proximal.Models.Checkpoints;
using Proximal.Models.Generation;
using Proximal.Models.Tokenizers;
using Proximal.Recipes;
using Proximal.Recipes.Explanations;
using Proximal.Rollouts;
using Proximal.Runs;
using Proximal.Tasks;
using Proximal.Tests.Training;
using Proximal.Training;

namespace Proximal.Tests.Environments;

public sealed class CalculatorEnvironmentTests
{
    private static readonly CalculatorEnvironment Calculator = new(new CalculatorOptions());

    [Theory]
    [InlineData("<calc>12*7</calc>", "<obs>84</obs>")]
    [InlineData("so <calc> 1/2 </calc>", "<obs>1/2</obs>")]
    [InlineData("<calc>1/0</calc>", "<obs>err div0</obs>")]
    [InlineData("<calc>1+</calc>", "<obs>err syntax</obs>")]
    [InlineData("<calc></calc>", "<obs>err syntax</obs>")]
    [InlineData("<calc>1</calc><calc>2</calc>", "<obs>1</obs>")]
    [InlineData("<calc><calc>2</calc>", "<obs>2</obs>")]
    [InlineData("</calc><calc>3</calc>", "<obs>3</obs>")]
    [InlineData("<calc>3", "<obs>invalid</obs>")]
    [InlineData("3</calc>", "<obs>invalid</obs>")]
    [InlineData("</calc>3<calc>", "<obs>invalid</obs>")]
    public void A_call_is_answered(string turn, string observation) => Assert.Equal(observation, Calculator.Begin(Instance("1+1=?")).Step(turn));

    [Fact]
    public void A_turn_without_a_call_is_the_answer()
    {
        IEpisode episode = Calculator.Begin(Instance("1+1=?"));
        Assert.Equal("<obs>2</obs>", episode.Step("<calc>1+1</calc>"));
        Assert.Null(episode.Step("2"));
        Assert.Equal("2", episode.Answer);
    }

    [Fact]
    public void Calls_and_cut_turns_have_a_budget_and_beyond_it_there_is_no_answer()
    {
        IEpisode episode = new CalculatorEnvironment(new CalculatorOptions { Calls = 3 }).Begin(Instance("1+1=?"));
        Assert.Equal("<obs>2</obs>", episode.Step("<calc>1+1</calc>"));
        Assert.Equal("<obs>invalid</obs>", episode.StepCut("<calc>1111111"));
        Assert.Equal("<obs>invalid</obs>", episode.Step("<calc>"));
        Assert.Null(episode.Step("<calc>1+1</calc>"));
        Assert.Equal("", episode.Answer);
    }

    [Fact]
    public void A_demonstration_computes_a_prompt_that_is_an_expression()
    {
        Assert.Equal(["<calc>37+63</calc>", "100"], Calculator.Demonstration(Instance("37+63=?"), "100"));
        Assert.Equal(["red"], Calculator.Demonstration(Instance("what colour?"), "red"));
        Assert.Equal(["100"], new CalculatorEnvironment(new CalculatorOptions { Calls = 0 }).Demonstration(Instance("37+63=?"), "100"));
    }

    [Fact]
    public void A_recipe_names_it_with_its_options()
    {
        Recipe recipe = TinyRuns.Recipe("objective: rloo", overrides: "environment={ name: calculator, calls: 2, turn-tokens: 9 }");
        CalculatorEnvironment environment = Assert.IsType<CalculatorEnvironment>(recipe.Environment.Create<IEnvironment>());
        Assert.Equal(9, environment.TurnTokens);
        Assert.Contains("environment: { name: calculator, calls: 2, turn-tokens: 9 }", RecipeWriter.Write(recipe), StringComparison.Ordinal);
        Assert.Contains("calculator (calls 2, turn-tokens 9)", RecipeExplanation.Describe(recipe), StringComparison.Ordinal);
        RecipeException exception = Assert.Throws<RecipeException>(() => TinyRuns.Recipe("objective: rloo", overrides: "environment=calculater"));
        Assert.Contains("did you mean 'calculator'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_are_answered_in_the_middle_of_a_rollout_and_answers_are_not_trained()
    {
        using TemporaryFolder folder = new();
        Recipe recipe = Recipe();
        Recorder recorder = new();
        TrainingOutcome outcome = TinyRuns.Train(recipe, folder.File("run"), observer: recorder);

        SymbolTokenizer tokenizer = (SymbolTokenizer)CheckpointFolder.ReadTokenizer(new RunFolder(folder.File("run")).Model);
        Assert.All(recorder.Policy, report => Assert.Equal(0, report["exactness/largest-mismatch"]));
        Trajectory[] called = [.. recorder.Policy.SelectMany(report => report.Rollouts!.Trajectories).Where(t => Path(t).Length > 2)];
        Assert.True(called.Length > 20, $"{called.Length} rollouts called.");
        foreach (Trajectory trajectory in called)
        {
            // prompt, call, observation, and so on; the answer of the calculator is that of the call before it.
            TokenSegment[] path = Path(trajectory);
            IEpisode episode = Calculator.Begin(trajectory.Instance);
            for (int i = 2; i < path.Length; i += 2)
            {
                Assert.Equal((SegmentOrigin.Policy, SegmentOrigin.Environment), (path[i - 1].Origin, path[i].Origin));
                Assert.InRange(path[i - 1].Tokens.Length, 1, 12);
                string call = tokenizer.Decode(path[i - 1].Tokens);
                string? expected = path[i - 1].End == EndReason.Truncated ? episode.StepCut(call) : episode.Step(call.Replace("<eos>", "", StringComparison.Ordinal));
                Assert.Equal(expected, tokenizer.Decode(path[i].Tokens));
                Assert.DoesNotContain(tokenizer.EndOfSequence!.Value, path[i].Tokens.ToArray());
            }
        }

        Assert.Contains(called, t => t.Verdict.Correct);
        RolloutBatch batch = recorder.Policy.Last().Rollouts!;
        for (int p = 0; p < batch.Trajectories.Count; p++)
        {
            float[] mask = [.. Path(batch.Trajectories[p]).SelectMany(s => Enumerable.Repeat(s.Origin == SegmentOrigin.Policy ? 1f : 0, s.Tokens.Length))];
            Assert.Equal(mask, batch.Paths.Mask[batch.Paths.Path(p)].ToArray());
        }

        // A loaded run is measured in the same environment.
        using TrainedPolicy policy = TrainedPolicy.Load(folder.File("run"));
        RolloutBatch[] measured = [.. policy.Sample(recipe.Task.Create<ITask>(), recipe, recipe.Evaluation.Prompts, 1, new SamplingOptions { Temperature = recipe.Evaluation.Temperature }, (ulong)recipe.Seed)];
        Assert.Equal(outcome.Evaluations[^1].Exact, measured.SelectMany(b => b.Trajectories).Average(t => t.Verdict.Correct ? 1.0 : 0.0), 1e-12);
        Assert.Contains(measured.SelectMany(b => b.Trajectories), t => Path(t).Length > 2);
    }

    [Fact]
    public void A_stopped_run_with_an_environment_ends_with_the_bits_of_an_undisturbed_one()
    {
        using TemporaryFolder folder = new();
        Recipe recipe = Recipe();
        TinyRuns.Train(recipe, folder.File("whole"));
        using CancellationTokenSource stop = new();
        using (TrainingSession session = new(recipe, new RunFolder(folder.File("stopped")), new Recorder(report => Stop(report, stop))))
        {
            Assert.False(session.Run(stop.Token).Finished);
        }

        TinyRuns.Train(recipe, folder.File("stopped"));
        TinyRuns.AssertSame(folder.File("whole"), folder.File("stopped"));

        static void Stop(StepReport report, CancellationTokenSource stop)
        {
            if (report.Stage == TrainingStage.Policy && report.Step == 2)
            {
                stop.Cancel();
            }
        }
    }

    [Fact]
    public void A_vocabulary_without_the_symbols_of_the_environment_is_refused()
    {
        SymbolTokenizer tokenizer = new("0123456789+-*/=?", ["<bos>", "<eos>"], "<bos>", "<eos>");
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => ParallelRollouts.TurnEnds(Calculator, tokenizer));
        Assert.Contains("no token for '<calc>'", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>A model of a blink that learns from demonstrations to call the calculator, and goes on with its own rollouts.</summary>
    private static Recipe Recipe() => TinyRuns.Recipe(
        "objective: grpo\n  regularizers: []",
        supervised: "steps: 120",
        overrides:
        [
            "task={ name: random-calculation, difficulty: 1, style: bare }", "environment={ name: calculator, turn-tokens: 12, calls: 2 }", "model.context=64", "model.width=32",
            "policy.response-tokens=32", "policy.prompts=8", "supervised.demonstration-noise=0", "supervised.batch=24", "evaluation.prompts=40", "evaluation.every=0",
        ]);

    private static TokenSegment[] Path(Trajectory trajectory)
    {
        List<int> path = [];
        trajectory.Tree.WritePath(trajectory.Leaf, path);
        return [.. path.Select(segment => trajectory.Tree.Segments[segment])];
    }

    private static TaskInstance Instance(string prompt) =>
        new() { Family = "test", Split = TaskSplit.Train, Index = 0, Key = prompt, Prompt = prompt, Answer = "" };
}
