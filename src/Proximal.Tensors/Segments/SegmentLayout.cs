namespace Proximal.Tensors.Segments;

/// <summary>
/// The shape of packed token trees: which rows of a packed batch belong to which segment, and what each segment may attend to. A segment is a
/// run of consecutive rows; it attends to itself causally and to all of its ancestors wholly, and its positions continue those of its parent.
/// A chain is a tree with one branch. Roots of different trees never see each other. Parents come before their children.
/// </summary>
public sealed class SegmentLayout
{
    private int[] parent = [];
    private int[] start = [];
    private int[] length = [];
    private int[] depth = [];
    private int[] root = [];

    /// <summary>Number of segments.</summary>
    public int Count { get; private set; }

    /// <summary>Number of rows (tokens) of all segments.</summary>
    public int Rows { get; private set; }

    /// <summary>The most tokens on a path from a root to the end of a segment.</summary>
    public int LongestPath { get; private set; }

    /// <summary>Parent of each segment, or -1 for a root. [segments]</summary>
    public ReadOnlySpan<int> Parent => parent.AsSpan(0, Count);

    /// <summary>First row of each segment. [segments]</summary>
    public ReadOnlySpan<int> Start => start.AsSpan(0, Count);

    /// <summary>Rows of each segment, zero allowed. [segments]</summary>
    public ReadOnlySpan<int> Length => length.AsSpan(0, Count);

    /// <summary>Position of the first row of each segment on its path: the tokens of all its ancestors. [segments]</summary>
    public ReadOnlySpan<int> Depth => depth.AsSpan(0, Count);

    /// <summary>Root segment of each segment's tree; segments of one tree are consecutive. [segments]</summary>
    public ReadOnlySpan<int> Root => root.AsSpan(0, Count);

    /// <summary>Forgets all segments and keeps the memory.</summary>
    public void Clear()
    {
        Count = 0;
        Rows = 0;
        LongestPath = 0;
    }

    /// <summary>Adds a segment after the last one and returns its index.</summary>
    /// <param name="parentSegment">Index of the parent in the tree being built, or -1 to start a new tree.</param>
    /// <param name="tokens">Rows of the segment.</param>
    /// <exception cref="ArgumentException">The parent is not in the last tree, or the length is negative.</exception>
    public int Add(int parentSegment, int tokens)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tokens);
        if (parentSegment >= Count || parentSegment < -1 || (parentSegment >= 0 && root[parentSegment] != root[Count - 1]))
        {
            throw new ArgumentException($"Segment {Count} names parent {parentSegment}, which is not in the tree being built.", nameof(parentSegment));
        }

        if (Count == parent.Length)
        {
            int capacity = Math.Max(16, Count * 2);
            Array.Resize(ref parent, capacity);
            Array.Resize(ref start, capacity);
            Array.Resize(ref length, capacity);
            Array.Resize(ref depth, capacity);
            Array.Resize(ref root, capacity);
        }

        int index = Count++;
        parent[index] = parentSegment;
        start[index] = Rows;
        length[index] = tokens;
        depth[index] = parentSegment < 0 ? 0 : depth[parentSegment] + length[parentSegment];
        root[index] = parentSegment < 0 ? index : root[parentSegment];
        Rows += tokens;
        LongestPath = Math.Max(LongestPath, depth[index] + tokens);
        return index;
    }

    /// <summary>The position of each row on its path, as rotary embeddings use it. [rows]</summary>
    public void WritePositions(Span<int> positions)
    {
        for (int segment = 0; segment < Count; segment++)
        {
            for (int i = 0; i < length[segment]; i++)
            {
                positions[start[segment] + i] = depth[segment] + i;
            }
        }
    }

    /// <summary>Writes the segments from the root down to <paramref name="segment"/> and returns how many there are.</summary>
    /// <exception cref="ArgumentException">The span is too short.</exception>
    public int WritePath(int segment, Span<int> path)
    {
        int count = 0;
        for (int at = segment; at >= 0; at = parent[at])
        {
            count++;
        }

        if (count > path.Length)
        {
            throw new ArgumentException($"A path of {count} segments does not fit in {path.Length}.", nameof(path));
        }

        int place = count;
        for (int at = segment; at >= 0; at = parent[at])
        {
            path[--place] = at;
        }

        return count;
    }
}
