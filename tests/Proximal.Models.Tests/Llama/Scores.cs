using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Tensors;
using Proximal.Tensors.Segments;

namespace Proximal.Models.Tests.Llama;

/// <summary>What the training pass says about every token of trees but their first ones.</summary>
internal static class Scores
{
    /// <summary>Log-probabilities and entropies of trees that are packed together. [trees][tokens of the tree - 1]</summary>
    public static (float LogProb, float Entropy)[][] Of(LlamaModel model, Workers workers, params IReadOnlyList<TokenTree> trees)
    {
        using Tape tape = new(workers, recording: false);
        Tensor logProb = Forward(model, tape, trees, out Tensor entropy);
        (float, float)[][] scores = new (float, float)[trees.Count][];
        for (int tree = 0, at = 0; tree < trees.Count; tree++)
        {
            scores[tree] = new (float, float)[trees[tree].TokenCount - 1];
            for (int i = 0; i < scores[tree].Length; i++, at++)
            {
                scores[tree][i] = (logProb.Data[at], entropy.Data[at]);
            }
        }

        return scores;
    }

    /// <summary>Adds the gradient of the weighted sum of log-probabilities and, with half the weight, of entropies.</summary>
    public static void AddGradient(LlamaModel model, Workers workers, TokenTree tree, ReadOnlySpan<float> weights)
    {
        using Tape tape = new(workers);
        Tensor logProb = Forward(model, tape, [tree], out Tensor entropy);
        tape.Seed(logProb, weights);
        tape.Seed(entropy, weights.ToArray().Select(weight => weight / 2).ToArray());
        tape.Backward();
    }

    /// <summary>The tree of a path alone.</summary>
    public static TokenTree Chain(TokenTree tree, int leaf)
    {
        List<int> path = [];
        tree.WritePath(leaf, path);
        return new TokenTree(path.SelectMany(segment => tree.Segments[segment].Tokens.ToArray()).ToArray());
    }

    /// <summary>The places of a path's tokens among those of the whole tree, in the order of the path.</summary>
    public static int[] Places(TokenTree tree, int leaf)
    {
        List<int> path = [];
        tree.WritePath(leaf, path);
        return [.. path.SelectMany(segment => Enumerable.Range(Start(tree, segment), tree.Segments[segment].Tokens.Length))];
    }

    /// <summary>The place of a segment's first token among those of the whole tree.</summary>
    public static int Start(TokenTree tree, int segment) => tree.Segments.Take(segment).Sum(s => s.Tokens.Length);

    private static Tensor Forward(LlamaModel model, Tape tape, IReadOnlyList<TokenTree> trees, out Tensor entropy)
    {
        SegmentLayout layout = new();
        List<int> tokens = [], rows = [], targets = [];
        foreach (TokenTree tree in trees)
        {
            int root = tokens.Count;
            tree.Pack(layout, tokens);
            foreach (TokenSegment segment in tree.Segments)
            {
                for (int i = 0; i < segment.Tokens.Length; i++)
                {
                    if (segment.Depth + i > 0)
                    {
                        rows.Add(root + Places(tree, segment.Index)[segment.Depth + i - 1]);
                        targets.Add(segment.Tokens[i]);
                    }
                }
            }
        }

        Tensor hidden = model.Forward(tape, tokens.ToArray(), layout);
        return model.Score(hidden, rows.ToArray(), targets.ToArray(), out entropy);
    }
}
