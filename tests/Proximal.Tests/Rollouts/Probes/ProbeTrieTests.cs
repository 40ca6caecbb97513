using Proximal.Rollouts.Probes;

namespace Proximal.Tests.Rollouts.Probes;

public sealed class ProbeTrieTests
{
    [Fact]
    public void What_leaves_a_node_sums_to_one_and_a_sentence_has_its_share_of_the_pool()
    {
        // Thirty sentences with one opening; the second token has 5 values, the third 6.
        int[][] pool = [.. Enumerable.Range(0, 30).Select(i => new[] { 1, 2 + (i % 5), 10 + (i / 5), 3 })];
        ProbeTrie trie = new(pool);
        double[] probabilities = new double[4];
        foreach (int[] sentence in pool)
        {
            for (int length = 0; length < sentence.Length; length++)
            {
                (IReadOnlyList<(int Token, double Probability)> next, double end) = trie.Next(sentence.AsSpan(0, length));
                Assert.Equal(1, next.Sum(one => one.Probability) + end, 1e-12);
                Assert.Equal(0, end);
            }

            Assert.Equal(1, trie.Next(sentence).End);
            trie.Compute(sentence, probabilities);
            Assert.Equal(1, probabilities[0]);
            Assert.Equal(1.0 / 30, probabilities.Aggregate(1.0, (product, p) => product * p), 1e-12);
        }
    }

    [Fact]
    public void Sentences_with_other_openings_and_sentences_that_begin_others_have_their_frequency()
    {
        ProbeTrie trie = new([[1], [1, 2], [1, 2], [5]]);
        double[] probabilities = new double[2];
        trie.Compute([1, 2], probabilities);

        Assert.Equal([0.75, 2.0 / 3], probabilities);
        Assert.Equal(1.0 / 3, trie.Next([1]).End, 1e-12);
        Assert.Equal(2, trie.Next([]).Tokens.Count);
    }

    [Fact]
    public void What_no_sentence_says_has_no_probability()
    {
        ProbeTrie trie = new([[1, 2, 3]]);
        double[] probabilities = new double[3];
        trie.Compute([1, 4, 3], probabilities);

        Assert.Equal([1, 0, 0], probabilities);
        Assert.Throws<ArgumentException>(() => trie.Next([4]));
        Assert.Throws<ArgumentException>(() => new ProbeTrie([]));
        Assert.Throws<ArgumentException>(() => new ProbeTrie([[]]));
    }
}
