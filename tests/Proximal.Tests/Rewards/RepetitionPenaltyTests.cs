using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Tensors.Random;

namespace Proximal.Tests.Rewards;

public sealed class RepetitionPenaltyTests
{
    [Theory]
    [InlineData(new[] { 1, 2, 3, 4, 3, 4, 3, 4 }, 0.75)]
    [InlineData(new[] { 5, 5, 5, 5 }, 1)]
    [InlineData(new[] { 1, 2, 3, 4, 5, 6 }, 0)]
    [InlineData(new[] { 3, 4, 3, 4, 9 }, 0)]
    [InlineData(new int[0], 0)]
    [InlineData(new[] { 7 }, 0)]
    public void The_share_is_that_of_the_loop_at_the_end(int[] tokens, double expected) => Assert.Equal(expected, LoopDetector.Share(tokens));

    [Fact]
    public void Fuzzy_blocks_count_as_repetitions()
    {
        int[] tokens = [9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 0];

        Assert.Equal(0, LoopDetector.Share(tokens));
        Assert.Equal(20 / 21.0, LoopDetector.Share(tokens, 0.9));
    }

    [Fact]
    public void The_share_equals_that_of_a_search_by_definition()
    {
        RandomStream random = new(4, RandomPurpose.User);
        for (int trial = 0; trial < 400; trial++)
        {
            int[] tokens = [.. Enumerable.Range(0, random.Integer(1000 * trial, 14)).Select(i => random.Integer((1000L * trial) + i + 1, 2))];

            Assert.Equal(ByDefinition(tokens), LoopDetector.FindStart(tokens));
        }
    }

    [Fact]
    public void A_response_can_only_lose_and_only_where_it_was_cut()
    {
        PathBatch batch = Batches.Create([4, 4]);
        new[] { 5, 5, 5, 5, 5, 5, 5, 5 }.CopyTo(batch.Tokens);
        batch.Truncated[1] = 1;
        new RepetitionPenalty(new RepetitionPenaltyOptions()).Shape(batch);

        Assert.Equal([0f, -1f], batch.Rewards.ToArray());
        Assert.Equal([0f, 0, 0, 0, 0, 0, 0, -1], batch.TokenReward.ToArray());
    }

    [Fact]
    public void Prompt_and_observation_tokens_are_no_part_of_a_loop()
    {
        PathBatch batch = Batches.Create([6]);
        new[] { 3, 4, 3, 9, 4, 1 }.CopyTo(batch.Tokens);
        batch.Mask[0] = batch.Mask[3] = batch.Mask[5] = 0;
        new RepetitionPenalty(new RepetitionPenaltyOptions { TruncatedOnly = false }).Shape(batch);

        Assert.Equal(0, batch.Rewards[0]);
        batch.Tokens[4] = 3;
        batch.Tokens[1] = 3;
        new RepetitionPenalty(new RepetitionPenaltyOptions { TruncatedOnly = false }).Shape(batch);
        Assert.Equal(-1, batch.Rewards[0]);
        Assert.Equal(-1, batch.TokenReward[4]);
    }

    private static int ByDefinition(int[] tokens)
    {
        int n = tokens.Length, start = n;
        for (int length = 1; 2 * length <= n; length++)
        {
            int blocks = 1;
            while ((blocks + 1) * length <= n && tokens.AsSpan(n - ((blocks + 1) * length), length).SequenceEqual(tokens.AsSpan(n - length)))
            {
                blocks++;
            }

            start = blocks >= 2 ? n - (blocks * length) : start;
        }

        return start;
    }
}
