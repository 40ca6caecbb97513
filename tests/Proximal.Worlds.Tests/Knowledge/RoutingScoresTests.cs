using Proximal.Worlds.Knowledge;

namespace Proximal.Worlds.Tests.Knowledge;

public sealed class RoutingScoresTests
{
    private static readonly string[] Bases = ["text", "table", "image"];

    // With weights of 1: six tokens each, of which a and b share enough for a cosine of .8.
    private static readonly int[] Gold = [1, 2, 3, 4, 5], Near = [1, 2, 3, 4, 6];

    [Theory]
    [InlineData("table", 0.9)]
    [InlineData("text", 0.4)]
    [InlineData("text,table", 0.4)]
    [InlineData("table,text", 0.4)]
    [InlineData("none,text", 0)]
    [InlineData("table,none", 0)]
    [InlineData("none", 0.4)]
    [InlineData("video", 0)]
    [InlineData("table,video", 0)]
    public void A_step_that_retrieves_is_worth_its_question_and_its_route(string named, double expected)
    {
        Assert.Equal(0.8, RoutingScores.Cosine(Near, Gold, _ => 1), 1e-12);
        Assert.Equal(expected, RoutingScores.Retrieval(Near, named.Split(','), Bases, Gold, ["table"], _ => 1), 1e-12);
    }

    [Fact]
    public void A_step_without_a_tag_is_worth_nothing_and_any_base_with_the_fact_is_gold()
    {
        Assert.Equal(0, RoutingScores.Retrieval(null, ["table"], Bases, Gold, ["table"], _ => 1));
        Assert.Equal(0, RoutingScores.Retrieval(Gold, null, Bases, Gold, ["table"], _ => 1));
        Assert.Equal(0, RoutingScores.Retrieval(Gold, [], Bases, Gold, ["table"], _ => 1));
        Assert.Equal(1, RoutingScores.Retrieval(Gold, ["text"], Bases, Gold, ["table", "text"], _ => 1), 1e-12);
    }

    [Fact]
    public void A_short_answer_counts_whole_and_a_long_one_by_its_recall()
    {
        // new york city, answered york city
        Assert.Equal(2.0 / 3, RoutingScores.Recall([2, 3], [1, 2, 3]), 1e-12);
        Assert.Equal(0, RoutingScores.Answer([2, 3], [[1, 2, 3]]));
        Assert.Equal(1, RoutingScores.Answer([1, 2, 3, 9], [[1, 2, 3]]));
        Assert.Equal(4.0 / 6, RoutingScores.Answer([1, 2, 3, 4], [[1, 2, 3, 4, 5, 6]]), 1e-12);
        Assert.Equal(0, RoutingScores.Answer(null, [[1]]));
    }

    [Fact]
    public void Of_several_answers_the_one_that_fits_best_must_be_whole()
    {
        int[][] gold = [[1, 2, 3, 4, 5, 6], [7, 8]];
        Assert.Equal(1, RoutingScores.Answer([7, 8], gold));
        Assert.Equal(0, RoutingScores.Answer([1, 2, 3, 4, 5], gold));
    }

    [Fact]
    public void Rare_words_weigh_more_in_the_cosine()
    {
        static double Weight(int token) => token == 1 ? 3 : 1;
        Assert.Equal(9 / 10.0, RoutingScores.Cosine([1, 2], [1, 3], Weight), 1e-12);
        Assert.Equal(1 / Math.Sqrt(2 * 10), RoutingScores.Cosine([2, 3], [2, 1], Weight), 1e-12);
        Assert.Equal(0, RoutingScores.Cosine([], [1], Weight));
        Assert.Equal(1, RoutingScores.Cosine([2, 2], [2], Weight), 1e-12);
    }
}
