using Proximal.Environments;
using Proximal.Environments.Search;
using Proximal.Models.Tokenizers;
using Proximal.Rollouts;
using Proximal.Tasks;
using Proximal.Tasks.Knowledge;
using Proximal.Tests.Training;
using Proximal.Worlds.Routing;

namespace Proximal.Tests.Environments.Search;

public sealed class RoutedEnvironmentTests
{
    private static readonly RoutedTask Task = new(new RoutedTaskOptions());
    private static readonly RoutedEnvironment Environment = new(new RoutedEnvironmentOptions());

    [Fact]
    public void Demonstrations_and_gold_turns_are_one_and_answer_every_problem()
    {
        SymbolTokenizer tokenizer = new(
            string.Concat(Environment.Symbols.Where(symbol => symbol.Length == 1)), [.. Environment.Symbols.Where(symbol => symbol.Length > 1)]);
        for (int i = 0; i < 200; i++)
        {
            TaskInstance instance = Task.Generate(TaskSplit.Train, i);
            RoutedQuestion question = ((RoutedMetadata)instance.Metadata).Question;
            Assert.Equal(RoutedEnvironment.GoldTurns(instance), Environment.Demonstration(instance, ""));
            Assert.Equal(question.Steps.Count, instance.Difficulty);
            IEpisode episode = Environment.Begin(instance);
            string? seen = instance.Prompt;
            foreach (string turn in RoutedEnvironment.GoldTurns(instance))
            {
                Assert.NotNull(seen);
                Assert.Equal(seen, tokenizer.Decode(tokenizer.Encode(seen)));
                Assert.Equal(turn, tokenizer.Decode(tokenizer.Encode(turn)));
                seen = episode.Step(turn);
            }

            Assert.Null(seen);
            Verdict verdict = episode.Judge()!;
            Assert.True(verdict.Correct && verdict.FormatOk && verdict.Score == 1);
            Assert.True(Task.Verify(instance, new Response(episode.Answer!)).Correct);
            Assert.All(episode.TurnRewards, reward => Assert.Equal(1, reward, 1e-9));
            Assert.Equal((1.0, episode.Counters["gold-retrievals"]), (episode.Counters["routing-accuracy"], episode.Counters["retrievals"]));
            Assert.Equal(0, episode.Counters["wasted"]);
        }
    }

    [Fact]
    public void Routing_is_counted_for_each_knowledge_base_and_right_turns_are_the_gold_ones()
    {
        RoutedEnvironment mistaken = new(new RoutedEnvironmentOptions { Router = Router.AlwaysText, Retrievals = 1 });
        double wanted = 0, right = 0, routedToText = 0;
        for (int i = 0; i < 60; i++)
        {
            TaskInstance instance = Task.Generate(TaskSplit.Train, i);
            Assert.Equal(RoutedEnvironment.GoldTurns(instance), mistaken.RightTurns(instance, ""));
            IEpisode episode = mistaken.Begin(instance);
            episode.Step(mistaken.Demonstration(instance, "")[0]);
            string first = ((RoutedMetadata)instance.Metadata).Question.Steps[0].Bases[0] switch { KnowledgeBase.Text => "text", KnowledgeBase.Table => "table", _ => "image" };
            Assert.Equal(1, episode.Counters[$"wanted-{first}"]);
            Assert.Equal(first == "text" ? 1 : 0, episode.Counters[$"right-{first}"]);
            wanted += episode.Counters["wanted-text"] + episode.Counters["wanted-table"] + episode.Counters["wanted-image"];
            right += episode.Counters["right-text"] + episode.Counters["right-table"] + episode.Counters["right-image"];
            routedToText += episode.Counters["right-text"];
        }

        Assert.Equal(60, wanted);
        Assert.Equal(right, routedToText);
        Assert.InRange(right, 1, 59);
        Assert.Contains(mistaken.Ratios, ratio => ratio == new CounterRatio("routed-to-image", "right-image", "wanted-image"));
        Assert.Contains(mistaken.Ratios, ratio => ratio == new CounterRatio("cost-per-right-answer", "cost", CounterRatio.RightAnswers));
    }

    [Theory]
    [InlineData("<sub> river</sub><ret> none</ret>", "<obs> none</obs>", 0)]
    [InlineData("<think> what</think><sub> river</sub><ret> image</ret>", "<obs>", 0)]
    [InlineData("<sub> river</sub><ret> none, text</ret>", "<obs> invalid</obs>", 1)]
    [InlineData("<sub> river</sub><ret> river</ret>", "<obs> invalid</obs>", 1)]
    [InlineData("<sub> river</sub>", "<obs> invalid</obs>", 1)]
    [InlineData("<ret> text</ret>", "<obs> invalid</obs>", 1)]
    [InlineData("<sub></sub><ret> text</ret>", "<obs> invalid</obs>", 1)]
    [InlineData("<answer></answer>", "<obs> invalid</obs>", 1)]
    [InlineData(" what is <sub>", "<obs> invalid</obs>", 1)]
    public void Turns_are_answered_as_the_protocol_says(string turn, string observation, int invalid)
    {
        IEpisode episode = Environment.Begin(Task.Generate(TaskSplit.Train, 0));
        Assert.StartsWith(observation, episode.Step(turn), StringComparison.Ordinal);
        Assert.Equal(invalid, episode.Counters["invalid"]);
    }

    [Fact]
    public void A_run_gives_every_turn_a_reward_and_writes_routing_metrics()
    {
        using TemporaryFolder folder = new();
        Recorder recorder = new();
        TinyRuns.Train(
            TinyRuns.Recipe(
                "objective: grpo\n  regularizers: []",
                supervised: "steps: 4",
                overrides:
                [
                    "task={ name: routed-kbs, entities: 60, results: 1, rows: 2 }", "environment={ name: routed-kbs, expert-noise: 0.2, recover: false }", "model.context=256",
                    "policy.response-tokens=64", "evaluation.every=0", "supervised.demonstration-noise=0",
                ]),
            folder.File("run"),
            observer: recorder);
        Assert.All(recorder.Policy, report =>
        {
            Assert.Equal(0, report["exactness/largest-mismatch"]);
            Assert.InRange(report["episode/routing-accuracy"], 0, 1);
        });
        Assert.All(recorder.Policy.Last().Rollouts!.Trajectories, trajectory => Assert.Equal(trajectory.Counters["turns"], trajectory.TurnRewards.Count));
    }
}
