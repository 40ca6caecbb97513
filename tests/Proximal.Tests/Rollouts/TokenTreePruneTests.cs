using Proximal.Models.Generation;

namespace Proximal.Tests.Rollouts;

public sealed class TokenTreePruneTests
{
    [Fact]
    public void A_pruned_tree_has_the_paths_that_stay_and_nothing_else()
    {
        List<int> leaves = [], before = [], after = [];
        for (ulong seed = 0; seed < 30; seed++)
        {
            TokenTree tree = TestTrees.Create(seed);
            tree.WriteLeaves(leaves);
            int[] kept = [.. leaves.Where((_, i) => (i + (int)seed) % 2 == 0)];
            TokenTree pruned = tree.Prune(kept, out int[] places);

            Assert.Equal(kept.Length == 0 ? 1 : kept.Length, pruned.WriteLeaves(leaves));
            Assert.Equal(places.Count(place => place >= 0), pruned.Segments.Count);
            foreach (int leaf in kept)
            {
                tree.WritePath(leaf, before);
                pruned.WritePath(places[leaf], after);
                Assert.Equal(before.Select(segment => places[segment]), after);
                foreach ((int from, int to) in before.Zip(after))
                {
                    TokenSegment one = tree.Segments[from], other = pruned.Segments[to];
                    Assert.Equal((one.Origin, one.End, one.Depth), (other.Origin, other.End, other.Depth));
                    Assert.Equal(one.Tokens.ToArray(), other.Tokens.ToArray());
                    Assert.Equal(one.LogProbs.ToArray(), other.LogProbs.ToArray());
                    Assert.Equal(one.Entropies.ToArray(), other.Entropies.ToArray());
                }
            }
        }
    }
}
