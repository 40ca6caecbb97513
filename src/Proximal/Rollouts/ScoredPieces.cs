namespace Proximal.Rollouts;

/// <summary>
/// Where the scored tokens of a packing stand in the columns of a batch: one piece for each scored segment of each path. A structure, so that
/// going through them allocates nothing.
/// </summary>
internal struct ScoredPieces
{
    private readonly RolloutBatch batch;
    private readonly TreePacking packing;
    private readonly List<int> segments;
    private readonly int start;
    private readonly int end;
    private int tree;
    private int path;
    private int next;
    private int column;

    /// <summary>The pieces of the trees <paramref name="start"/> up to <paramref name="end"/>, which the packing holds.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="packing">Packing of these trees.</param>
    /// <param name="start">First tree.</param>
    /// <param name="end">One past the last tree.</param>
    public ScoredPieces(RolloutBatch batch, TreePacking packing, int start, int end)
    {
        (this.batch, this.packing, this.start, segments) = (batch, packing, start, packing.Path);
        this.end = batch.Paths.GroupOffsets[end];
        tree = start;
        path = batch.Paths.GroupOffsets[start] - 1;
        segments.Clear();
    }

    /// <summary>Where the piece begins in a column and among the scored tokens, and how many tokens it has.</summary>
    public (int Column, int Scored, int Length) Current { get; private set; }

    public readonly ScoredPieces GetEnumerator() => this;

    public bool MoveNext()
    {
        do
        {
            while (next < segments.Count)
            {
                int segment = segments[next++], length = batch.Trees[tree].Segments[segment].Tokens.Length;
                int scored = packing.FirstScored(tree - start, segment);
                column += length;
                if (scored >= 0)
                {
                    Current = (column - length, scored, length);
                    return true;
                }
            }
        }
        while (NextPath());
        return false;
    }

    private bool NextPath()
    {
        if (++path >= end)
        {
            return false;
        }

        while (path >= batch.Paths.GroupOffsets[tree + 1])
        {
            tree++;
        }

        batch.Trees[tree].WritePath(batch.Trajectories[path].Leaf, segments);
        column = batch.Paths.PathOffsets[path];
        next = 0;
        return true;
    }
}
