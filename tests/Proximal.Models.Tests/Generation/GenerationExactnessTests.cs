using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Models.Tests.Llama;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Models.Tests.Generation;

/// <summary>The bits of generation with caches are those of the training pass, whatever is computed together and by however many threads.</summary>
public sealed class GenerationExactnessTests
{
    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void Recorded_log_probabilities_and_entropies_are_those_of_training(string name)
    {
        using LlamaModel model = TinyModels.Create(name);
        using Workers one = new(1), two = new(2), three = new(3);
        TokenTree[] trees = Grow(model, one);

        foreach (Workers workers in new[] { one, two, three })
        {
            AssertRecorded(trees, Scores.Of(model, workers, trees));
            AssertRecorded(trees, [.. trees.Select(tree => Scores.Of(model, workers, tree)[0])]);
            AssertRecorded(trees, [.. Scores.Of(model, workers, trees[..2]), .. Scores.Of(model, workers, trees[2..])]);
        }

        AssertRecordedByPaths(trees, leaf => Scores.Of(model, one, leaf)[0]);
    }

    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void Workers_and_company_change_no_token(string name)
    {
        using LlamaModel model = TinyModels.Create(name);
        using Workers one = new(1), two = new(2), three = new(3);
        TokenTree[] expected = Grow(model, one);

        AssertSame(expected, Grow(model, two));
        AssertSame(expected, Grow(model, three));
        AssertSame(expected, Grow(model, three, oneAtATime: true));
    }

    [Fact]
    public void Jobs_of_more_than_one_block_get_the_tokens_that_each_gets_alone()
    {
        using LlamaModel model = TinyModels.Create("tied");
        using Workers workers = new(1);
        using Generator generator = new(model, new SamplingOptions(), endOfSequence: [3], workers);
        List<GenerationJob> together = Jobs(), alone = Jobs();
        generator.Run(together);
        foreach (GenerationJob job in alone)
        {
            generator.Run([job]);
        }

        Assert.All(together.Zip(alone), pair => Assert.Equal(pair.Second.Segment.Tokens.ToArray(), pair.First.Segment.Tokens.ToArray()));

        // Budgets as long as the context: the caches of all of them are more than a block takes.
        static List<GenerationJob> Jobs()
        {
            List<GenerationJob> jobs = [];
            foreach (int rollouts in new[] { 1, 5, 1, 60, 7 })
            {
                TokenTree tree = new([1, 2, rollouts % 24]);
                for (int i = 0; i < rollouts; i++)
                {
                    jobs.Add(new(tree, tree.Branch(0, SegmentOrigin.Policy), new RandomStream(1, RandomPurpose.Sampling, rollouts, i), 100_000));
                }
            }

            return jobs;
        }
    }

    [Fact]
    public void Budget_context_and_end_of_sequence_end_a_segment()
    {
        using LlamaModel model = TinyModels.Create("tied", positions: 12);
        using Generator never = new(model, new SamplingOptions(), endOfSequence: []);
        TokenTree tree = new([1, 2, 3]);
        TokenSegment brief = tree.Branch(0, SegmentOrigin.Policy), whole = tree.Branch(0, SegmentOrigin.Policy);
        never.Run([new(tree, brief, new RandomStream(1, RandomPurpose.Sampling), 4), new(tree, whole, new RandomStream(2, RandomPurpose.Sampling), 1000)]);

        Assert.Equal((4, EndReason.Truncated), (brief.Tokens.Length, brief.End));
        Assert.Equal((9, EndReason.Truncated), (whole.Tokens.Length, whole.End));

        using Generator always = new(model, new SamplingOptions(), [.. Enumerable.Range(0, model.Configuration.VocabularySize)]);
        TokenSegment ended = tree.Branch(0, SegmentOrigin.Policy);
        always.Run([new(tree, ended, new RandomStream(3, RandomPurpose.Sampling), 4)]);
        Assert.Equal((1, EndReason.Finished), (ended.Tokens.Length, ended.End));
        Assert.Throws<ArgumentException>(() => never.Run([new(tree, ended, new RandomStream(3, RandomPurpose.Sampling), 4)]));
        Assert.Throws<ArgumentException>(() => never.Run([new(tree, tree.Branch(whole.Index, SegmentOrigin.Policy), new RandomStream(3, RandomPurpose.Sampling), 4)]));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    public void A_token_outside_the_vocabulary_is_refused(int beyond)
    {
        using LlamaModel model = TinyModels.Create("tied");
        using Generator generator = new(model, new SamplingOptions(), []);
        TokenTree tree = new([1, beyond < 0 ? beyond : model.Configuration.VocabularySize]);
        GenerationJob job = new(tree, tree.Branch(0, SegmentOrigin.Policy), new RandomStream(1, RandomPurpose.Sampling), 4);
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.Run([job]));
    }

    [Fact]
    public void Changed_parameters_are_seen_by_the_next_run()
    {
        using LlamaModel model = TinyModels.Create("tied"), other = TinyModels.Create("tied");
        using Generator generator = new(model, new SamplingOptions(), []);
        Sample(generator, model);
        foreach (Parameter parameter in model.Parameters.Concat(other.Parameters))
        {
            parameter.Data[0] += 0.5f;
            parameter.MarkChanged();
        }

        using Generator fresh = new(other, new SamplingOptions(), []);
        AssertSame([Sample(fresh, other)], [Sample(generator, model)]);
    }

    /// <summary>Four trees, three levels of policy segments with observations between them; one prompt is longer than a pass of the decoder.</summary>
    private static TokenTree[] Grow(LlamaModel model, Workers workers, bool oneAtATime = false)
    {
        int vocabulary = model.Configuration.VocabularySize;
        TokenTree[] trees = [.. new[] { 1, 5, 17, 300 }.Select(length => new TokenTree([.. Enumerable.Range(0, length).Select(i => ((i * i) + length) % vocabulary)]))];
        using Generator generator = new(model, new SamplingOptions(), endOfSequence: [3], workers);
        int[][] leaves = [.. trees.Select(_ => new[] { 0 })];
        for (int level = 0; level < 3; level++)
        {
            List<GenerationJob> jobs = [];
            for (int t = 0; t < trees.Length; t++)
            {
                List<int> next = [];
                foreach (int leaf in leaves[t])
                {
                    for (int rollout = 0; rollout < 3 - level; rollout++)
                    {
                        TokenSegment segment = trees[t].Branch(leaf, SegmentOrigin.Policy);
                        jobs.Add(new(trees[t], segment, new RandomStream(5, RandomPurpose.Sampling, level, t, (16 * leaf) + rollout), 3 + (5 * rollout) + level));
                        next.Add(segment.Index);
                    }
                }

                leaves[t] = [.. next];
            }

            if (oneAtATime)
            {
                jobs.ForEach(job => generator.Run([job]));
            }
            else
            {
                generator.Run(jobs);
            }

            for (int t = 0; level < 2 && t < trees.Length; t++)
            {
                leaves[t] = [.. leaves[t].Select(leaf => trees[t].Branch(leaf, SegmentOrigin.Environment, leaf % 2 == 0 ? [1, 2, 4] : []).Index)];
            }
        }

        return trees;
    }

    private static TokenTree Sample(Generator generator, LlamaModel model)
    {
        TokenTree tree = new([1, 2]);
        generator.Run([new(tree, tree.Branch(0, SegmentOrigin.Policy), new RandomStream(1, RandomPurpose.Sampling), 20)]);
        Assert.All(tree.Segments[1].Tokens.ToArray(), token => Assert.InRange(token, 0, model.Configuration.VocabularySize - 1));
        return tree;
    }

    private static void AssertRecorded(TokenTree[] trees, (float LogProb, float Entropy)[][] scores)
    {
        for (int t = 0; t < trees.Length; t++)
        {
            foreach (TokenSegment segment in trees[t].Segments.Where(s => s.Origin == SegmentOrigin.Policy))
            {
                int start = Scores.Start(trees[t], segment.Index) - 1;
                AssertBits(segment, scores[t].AsSpan(start, segment.Tokens.Length));
            }
        }
    }

    private static void AssertRecordedByPaths(TokenTree[] trees, Func<TokenTree, (float LogProb, float Entropy)[]> score)
    {
        foreach (TokenTree tree in trees)
        {
            foreach (TokenSegment segment in tree.Segments.Where(s => s.Origin == SegmentOrigin.Policy))
            {
                AssertBits(segment, score(Scores.Chain(tree, segment.Index)).AsSpan(segment.Depth - 1));
            }
        }
    }

    private static void AssertBits(TokenSegment recorded, ReadOnlySpan<(float LogProb, float Entropy)> scores)
    {
        Assert.Equal(recorded.Tokens.Length, scores.Length);
        for (int i = 0; i < scores.Length; i++)
        {
            Assert.Equal(BitConverter.SingleToInt32Bits(recorded.LogProbs[i]), BitConverter.SingleToInt32Bits(scores[i].LogProb));
            Assert.Equal(BitConverter.SingleToInt32Bits(recorded.Entropies[i]), BitConverter.SingleToInt32Bits(scores[i].Entropy));
        }
    }

    private static void AssertSame(TokenTree[] expected, TokenTree[] actual)
    {
        for (int t = 0; t < expected.Length; t++)
        {
            Assert.Equal(expected[t].Segments.Count, actual[t].Segments.Count);
            foreach ((TokenSegment a, TokenSegment b) in expected[t].Segments.Zip(actual[t].Segments))
            {
                Assert.Equal(a.Tokens.ToArray(), b.Tokens.ToArray());
                Assert.Equal(a.LogProbs.ToArray(), b.LogProbs.ToArray());
                Assert.Equal(a.Entropies.ToArray(), b.Entropies.ToArray());
                Assert.Equal(a.End, b.End);
            }
        }
    }
}
