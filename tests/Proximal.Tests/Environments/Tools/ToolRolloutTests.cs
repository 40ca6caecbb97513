using Proximal.Environments;
using Proximal.Environments.Tools;
using Proximal.Models.Configuration;
using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Models.Tokenizers;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Tasks;
using Proximal.Tensors.Random;

namespace Proximal.Tests.Environments.Tools;

/// <summary>Rollouts of a model that has learnt nothing in a vocabulary of a few symbols: its turns are calls, malformed calls, answers and cut turns in every order.</summary>
public sealed class ToolRolloutTests
{
    private const int Budget = 27, Context = 52, TurnTokens = 8;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Trees_are_chains_of_turns_and_what_their_environment_answered(int concurrency)
    {
        ToolEnvironment environment = Environment(concurrency);
        (RolloutBatch batch, SymbolTokenizer tokenizer) = Sample(environment);
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        foreach (Trajectory trajectory in batch.Trajectories)
        {
            Replay(trajectory, environment, tokenizer, seen);
        }

        // Every way to end, and every kind of turn, really came up.
        Assert.All(["call", "malformed", "cut", "answer", "turns", "budget", "context", "observation"], kind => Assert.True(seen.GetValueOrDefault(kind) > 2, $"{kind} {seen.GetValueOrDefault(kind)}"));
        Assert.Contains(batch.Trajectories, trajectory => Path(trajectory).Length >= 8);
    }

    [Fact]
    public void Only_what_the_policy_wrote_is_trained()
    {
        (RolloutBatch batch, _) = Sample(Environment(1));
        for (int p = 0; p < batch.Trajectories.Count; p++)
        {
            TokenSegment[] path = Path(batch.Trajectories[p]);
            float[] mask = [.. path.SelectMany(s => Enumerable.Repeat(s.Origin == SegmentOrigin.Policy ? 1f : 0, s.Tokens.Length))];
            Assert.Equal(mask, batch.Paths.Mask[batch.Paths.Path(p)].ToArray());
            Assert.Equal(mask.Sum(), batch.Trajectories[p].ResponseTokens);
            Assert.All(path.Where(s => s.Origin == SegmentOrigin.Environment), s => Assert.All(s.LogProbs.ToArray(), logProb => Assert.Equal(0, logProb)));
        }
    }

    [Fact]
    public void Answering_many_episodes_at_one_time_changes_nothing()
    {
        (RolloutBatch one, _) = Sample(Environment(1));
        (RolloutBatch many, _) = Sample(Environment(8));
        Assert.Equal(one.Trajectories.Select(t => t.Response), many.Trajectories.Select(t => t.Response));
        Assert.Equal(one.Paths.Tokens.ToArray(), many.Paths.Tokens.ToArray());
    }

    [Fact]
    public void A_fault_of_a_tool_stops_the_rollouts_with_its_message()
    {
        foreach (int concurrency in new[] { 1, 4 })
        {
            ToolEnvironment environment = new(new ToolEnvironmentOptions { TurnTokens = TurnTokens }, new BrokenTool(concurrency));
            Assert.Equal("the tool is broken", Assert.Throws<IOException>(() => Sample(environment)).Message);
        }
    }

    private static void Replay(Trajectory trajectory, ToolEnvironment environment, SymbolTokenizer tokenizer, Dictionary<string, int> seen)
    {
        TokenSegment[] path = Path(trajectory);
        IEpisode episode = environment.Begin(trajectory.Instance);
        int written = 0;
        for (int i = 1; i < path.Length; i++)
        {
            Assert.Equal(i % 2 == 1 ? SegmentOrigin.Policy : SegmentOrigin.Environment, path[i].Origin);
            if (i % 2 == 0)
            {
                continue;
            }

            written += path[i].Tokens.Length;
            string text = tokenizer.Decode(path[i].Tokens);
            bool isWhole = text.EndsWith("</t>", StringComparison.Ordinal) || text.EndsWith("</u>", StringComparison.Ordinal) || text.EndsWith("<eos>", StringComparison.Ordinal);
            bool isCut = !isWhole && path[i].Tokens.Length == TurnTokens && written < Budget && path[i].Depth + path[i].Tokens.Length < Context;
            bool isLast = i >= path.Length - 2;
            if (!isWhole && !isCut)
            {
                Assert.Equal(EndReason.Truncated, path[i].End);
                Assert.Equal(path.Length - 1, i);
                Count(written == Budget ? "budget" : "context");
                continue;
            }

            string? observation = isCut ? episode.StepCut(text) : episode.Step(text.Replace("<eos>", "", StringComparison.Ordinal));
            Count(isCut ? "cut" : observation is null ? episode.Answer!.Length > 0 || text == "<eos>" ? "answer" : "turns" : observation == "<obs>invalid</obs>" ? "malformed" : "call");
            if (observation is null)
            {
                Assert.Equal(path.Length - 1, i);
                Assert.Equal(isCut ? EndReason.Truncated : EndReason.Finished, path[i].End);
            }
            else if (i == path.Length - 1)
            {
                // The observation found no room: the trajectory was cut, and the turn before it tells so.
                Assert.True(path[i].Depth + path[i].Tokens.Length + tokenizer.Encode(observation).Length > Context);
                Assert.Equal(EndReason.Truncated, trajectory.End);
                Count("context");
            }
            else
            {
                Assert.Equal(observation, tokenizer.Decode(path[i + 1].Tokens));
                if (isLast)
                {
                    Assert.Equal(EndReason.Truncated, path[i + 1].End);
                    Assert.Equal(EndReason.Truncated, trajectory.End);
                    Count("observation");
                }
            }
        }

        Assert.Equal(written, trajectory.ResponseTokens);
        Assert.Equal(episode.Counters, trajectory.Counters);

        void Count(string kind) => seen[kind] = seen.GetValueOrDefault(kind) + 1;
    }

    private static ToolEnvironment Environment(int concurrency) => new(
        new ToolEnvironmentOptions { TurnTokens = TurnTokens, Calls = 12, Turns = 5 }, new EchoTool("t", concurrency: concurrency, answer: "turn </t>", symbols: []), new EchoTool("u", answer: "", symbols: []));

    private static (RolloutBatch Batch, SymbolTokenizer Tokenizer) Sample(ToolEnvironment environment)
    {
        SymbolTokenizer tokenizer = new("invalderto mu.</>s", ["<bos>", "<eos>", "<t>", "</t>", "<u>", "</u>", "<obs>", "</obs>"], "<bos>", "<eos>");
        using LlamaModel model = LlamaModel.Create(
            new LlamaConfiguration
            {
                VocabularySize = tokenizer.VocabularySize,
                HiddenSize = 8,
                IntermediateSize = 16,
                Layers = 1,
                Heads = 1,
                KeyValueHeads = 1,
                HeadDimension = 8,
                MaximumPositions = Context,
            },
            7);
        DelegateTask task = new("none", "a", _ => ("a", "b"));
        using Generator generator = new(model, new SamplingOptions(), [tokenizer.EndOfSequence!.Value, .. ParallelRollouts.TurnEnds(environment, tokenizer)]);
        ParallelRollouts rollouts = new(generator, tokenizer, task, environment, [new WeightedReward("none", 1, new DelegateReward(_ => 0))], Budget);
        return (rollouts.Generate([ToolEnvironmentTests.Instance("a")], new RolloutRequest(1000, 1, RandomPurpose.Evaluation, 0)), tokenizer);
    }

    private static TokenSegment[] Path(Trajectory trajectory)
    {
        List<int> path = [];
        trajectory.Tree.WritePath(trajectory.Leaf, path);
        return [.. path.Select(segment => trajectory.Tree.Segments[segment])];
    }

    private sealed class BrokenTool(int concurrency) : ITool
    {
        public string Name => "t";

        public int Concurrency => concurrency;

        public ToolResult Call(ToolCall call) => throw new IOException("the tool is broken");
    }
}
