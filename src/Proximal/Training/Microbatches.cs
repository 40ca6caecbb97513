using Proximal.Rollouts;

namespace Proximal.Training;

/// <summary>Divides trees into consecutive runs of bounded size; a tree is never divided.</summary>
internal static class Microbatches
{
    /// <summary>The runs from tree <paramref name="start"/> to before <paramref name="end"/>, each of at most so many tokens or one tree.</summary>
    public static IEnumerable<(int From, int To)> Of(RolloutBatch batch, int start, int end, int largestTokens)
    {
        int from = start, tokens = 0;
        for (int tree = start; tree < end; tree++)
        {
            int size = batch.Trees[tree].TokenCount;
            if (tree > from && tokens + size > largestTokens)
            {
                yield return (from, tree);
                from = tree;
                tokens = 0;
            }

            tokens += size;
        }

        if (end > from)
        {
            yield return (from, end);
        }
    }
}
