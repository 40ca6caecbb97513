using Proximal.Models.Generation;

namespace Proximal.Tests.Rollouts;

public sealed class TokenTreeGraftTests
{
    [Fact]
    public void A_graft_has_the_paths_of_both_trees()
    {
        for (ulong seed = 1; seed < 30; seed++)
        {
            TokenTree tree = TestTrees.Create(seed), copy = tree.Copy();
            int shift = copy.Graft(tree), segments = tree.Segments.Count;

            Assert.Equal((2 * segments) - 1, copy.Segments.Count);
            for (int segment = 1; segment < segments; segment++)
            {
                Assert.Equal(Path(tree, segment), Path(copy, segment));
                Assert.Equal(Path(tree, segment), Path(copy, segment + shift));
            }
        }
    }

    [Fact]
    public void A_tree_of_another_prompt_is_refused() => Assert.Throws<ArgumentException>(() => new TokenTree([1, 2]).Graft(new TokenTree([1, 3])));

    private static string Path(TokenTree tree, int leaf)
    {
        List<int> path = [];
        tree.WritePath(leaf, path);
        return string.Join(';', path.Select(index => tree.Segments[index]).Select(segment =>
            $"{segment.Origin} {segment.End} {segment.Depth} {string.Join(',', segment.Tokens.ToArray())} {string.Join(',', segment.LogProbs.ToArray())} {string.Join(',', segment.Entropies.ToArray())}"));
    }
}
