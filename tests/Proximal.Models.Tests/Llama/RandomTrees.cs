using Proximal.Models.Generation;
using Proximal.Tensors.Random;

namespace Proximal.Models.Tests.Llama;

/// <summary>Trees of random shape and tokens, empty segments included.</summary>
internal static class RandomTrees
{
    public static TokenTree Create(ulong seed, int vocabulary, int mostSegments, int mostTokens)
    {
        RandomStream random = new(seed, RandomPurpose.User);
        int position = 0;
        int Draw(int bound) => random.Integer(position++, bound);
        int[] Tokens(int count) => [.. Enumerable.Range(0, count).Select(_ => Draw(vocabulary))];

        TokenTree tree = new(Tokens(1 + Draw(mostTokens)));
        for (int i = Draw(mostSegments); i > 0; i--)
        {
            tree.Branch(Draw(tree.Segments.Count), (SegmentOrigin)(1 + Draw(4)), Tokens(Draw(mostTokens + 1)));
        }

        return tree;
    }
}
