using Proximal.Models.Generation;
using Proximal.Rollouts;
using Proximal.Rollouts.Sharing;
using Proximal.Tasks;
using Proximal.Tensors.Random;

namespace Proximal.Tests.Rollouts.Sharing;

public sealed class ExchangedGroupTests
{
    private static readonly ExchangeLimits Limits = new(TestTrees.Vocabulary, Context: 256, Prompts: 8, Completions: 64, RewardTerms: 1);

    [Fact]
    public void A_generated_token_takes_eight_bytes()
    {
        int[] sizes = [.. Enumerable.Range(0, 20).Select(tokens => Chain(tokens).ToBytes().Length)];

        Assert.Equal(8, ExchangedGroup.BytesPerToken);
        Assert.All(sizes.Skip(1).Zip(sizes), pair => Assert.Equal(ExchangedGroup.BytesPerToken, pair.First - pair.Second));
    }

    [Fact]
    public void What_is_read_is_what_was_written()
    {
        for (ulong seed = 1; seed < 60; seed++)
        {
            RolloutBatch batch = TestTrees.Batch(seed, 3);
            for (int group = 0; group < 3; group++)
            {
                ExchangedGroup sent = ExchangedGroup.From(group + 2, batch, group, ["test"]);
                byte[] bytes = sent.ToBytes();
                ExchangedGroup read = ExchangedGroup.Read(bytes, Limits);

                Assert.Equal(bytes, read.ToBytes());
                Assert.Equal(group + 2, read.Prompt);
                Assert.Equal(sent.Tree.Segments.Count, read.Tree.Segments.Count);
                foreach ((TokenSegment expected, TokenSegment actual) in sent.Tree.Segments.Zip(read.Tree.Segments))
                {
                    Assert.Equal((expected.Parent, expected.Origin, expected.End, expected.Depth), (actual.Parent, actual.Origin, actual.End, actual.Depth));
                    Assert.Equal(expected.Tokens, actual.Tokens);
                    Assert.Equal(expected.LogProbs, actual.LogProbs);
                }

                Assert.Equal(sent.Completions.Select(c => (c.Leaf, c.End, c.Verdict, c.Rewards.Single())), read.Completions.Select(c => (c.Leaf, c.End, c.Verdict, c.Rewards.Single())));
            }
        }
    }

    [Fact]
    public void Verdicts_and_counters_travel()
    {
        TokenTree tree = new([1]);
        Verdict verdict = new() { FormatOk = true, Correct = true, Partial = 0.25, Score = 0.5, NormalizedAnswer = "ü 7", Error = "none" };
        ExchangedCompletion sent = new(tree.Branch(0, SegmentOrigin.Policy).Index, EndReason.Failed, verdict, [0.5f], new Dictionary<string, double> { ["look-ups"] = 3 }) { TurnRewards = [1, 0.5] };

        ExchangedCompletion read = ExchangedGroup.Read(new ExchangedGroup(0, tree, [sent]).ToBytes(), Limits).Completions.Single();

        Assert.Equal(verdict, read.Verdict);
        Assert.Equal(EndReason.Failed, read.End);
        Assert.Equal(3, read.Counters["look-ups"]);
        Assert.Equal([1, 0.5], read.TurnRewards);
    }

    [Fact]
    public void Every_cut_group_is_refused()
    {
        byte[] bytes = ExchangedGroup.From(0, TestTrees.Batch(4, 1), 0, ["test"]).ToBytes();
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => ExchangedGroup.Read(bytes.AsSpan(0, length), Limits));
        }

        Assert.Throws<InvalidDataException>(() => ExchangedGroup.Read([.. bytes, 0], Limits));
    }

    [Fact]
    public void Damaged_groups_are_read_or_refused_and_nothing_else()
    {
        byte[] bytes = ExchangedGroup.From(0, TestTrees.Batch(5, 1), 0, ["test"]).ToBytes();
        RandomStream random = new(1, RandomPurpose.User);
        for (int trial = 0; trial < 4000; trial++)
        {
            byte[] damaged = [.. bytes];
            damaged[random.Integer(2 * trial, bytes.Length)] = (byte)random.Integer((2 * trial) + 1, 256);
            try
            {
                ExchangedGroup read = ExchangedGroup.Read(damaged, Limits);
                Assert.All(read.Tree.Segments, segment => Assert.InRange(segment.Depth + segment.Tokens.Length, 0, Limits.Context));
            }
            catch (InvalidDataException exception)
            {
                Assert.StartsWith("An exchanged group ", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void What_is_beyond_the_limits_is_named()
    {
        byte[] bytes = Chain(5).ToBytes();

        Refused("number of the prompt 0 before byte 8, expected 0 to -1", Limits with { Prompts = 0 });
        Refused("token 7 before byte 16, expected 0 to 6", Limits with { Vocabulary = 7 });
        Refused("number of tokens of a segment 5", Limits with { Context = 5 });
        Refused("number of segments 2", Limits with { Completions = 0 });
        Refused("number of reward terms 1", Limits with { RewardTerms = 2 });

        void Refused(string expected, ExchangeLimits limits) =>
            Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => ExchangedGroup.Read(bytes, limits)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(0.5f)]
    public void A_number_that_is_no_log_probability_is_refused(float logProb)
    {
        TokenTree tree = new([7]);
        tree.Branch(0, SegmentOrigin.Policy).Append(3, logProb, 0);

        Assert.Throws<InvalidDataException>(() => ExchangedGroup.Read(new ExchangedGroup(0, tree, []).ToBytes(), Limits));
    }

    private static ExchangedGroup Chain(int tokens)
    {
        TokenTree tree = new([7]);
        TokenSegment segment = tree.Branch(tree.Branch(0, SegmentOrigin.Environment).Index, SegmentOrigin.Policy);
        for (int i = 0; i < tokens; i++)
        {
            segment.Append(i % 7, -0.5f, 0.1f);
        }

        return new ExchangedGroup(0, tree, [new ExchangedCompletion(segment.Index, EndReason.Finished, new Verdict(), [1f], new Dictionary<string, double>())]);
    }
}
