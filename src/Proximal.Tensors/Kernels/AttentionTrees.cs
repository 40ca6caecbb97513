using Proximal.Tensors.Segments;

namespace Proximal.Tensors.Kernels;

/// <summary>A copy of a segment layout in memory of the tape, so that kernels see pointers and the layout may be built anew.</summary>
internal unsafe struct AttentionTrees
{
    /// <summary>Parent of each segment, or -1. [segments]</summary>
    public int* Parent;

    /// <summary>First row of each segment. [segments]</summary>
    public int* Start;

    /// <summary>Rows of each segment. [segments]</summary>
    public int* Length;

    /// <summary>First segment of each tree, and the number of segments after the last. [trees + 1]</summary>
    public int* First;

    /// <summary>Number of trees.</summary>
    public int Count;

    /// <summary>Number of segments.</summary>
    public int Segments;

    /// <summary>Number of rows.</summary>
    public int Rows;

    /// <summary>The most rows of a tree.</summary>
    public int LargestTree;

    /// <summary>Numbers that <see cref="Copy"/> needs for a layout of so many segments.</summary>
    public static int Length32(int segments) => (4 * segments) + 1;

    /// <summary>Copies a layout.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="memory">Room for <see cref="Length32"/> numbers.</param>
    public static AttentionTrees Copy(SegmentLayout layout, int* memory)
    {
        int segments = layout.Count;
        layout.Parent.CopyTo(new Span<int>(memory, segments));
        layout.Start.CopyTo(new Span<int>(memory + segments, segments));
        layout.Length.CopyTo(new Span<int>(memory + (2 * segments), segments));
        int* first = memory + (3 * segments);
        for (int segment = 0; segment < segments; segment++)
        {
            if (layout.Parent[segment] < 0)
            {
                *first++ = segment;
            }
        }

        *first = segments;
        return Of(memory, segments, layout.Rows);
    }

    /// <summary>Reads what <see cref="Copy"/> wrote.</summary>
    public static AttentionTrees Of(int* memory, int segments, int rows)
    {
        AttentionTrees trees = new()
        {
            Parent = memory,
            Start = memory + segments,
            Length = memory + (2 * segments),
            First = memory + (3 * segments),
            Segments = segments,
            Rows = rows,
        };
        while (trees.First[trees.Count] < segments)
        {
            trees.LargestTree = Math.Max(trees.LargestTree, trees.EndRow(trees.Count) - trees.FirstRow(trees.Count));
            trees.Count++;
        }

        return trees;
    }

    /// <summary>First row of a tree.</summary>
    public readonly int FirstRow(int tree) => Start[First[tree]];

    /// <summary>One past the last row of a tree.</summary>
    public readonly int EndRow(int tree) => First[tree + 1] < Segments ? Start[First[tree + 1]] : Rows;

    /// <summary>Writes the ancestors of a segment from the root down, without the segment, and returns how many there are.</summary>
    public readonly int WriteAncestors(int segment, int* path)
    {
        int count = 0;
        for (int at = Parent[segment]; at >= 0; at = Parent[at])
        {
            count++;
        }

        int place = count;
        for (int at = Parent[segment]; at >= 0; at = Parent[at])
        {
            path[--place] = at;
        }

        return count;
    }
}
