using System.Runtime.InteropServices;
using Proximal.Models.Generation;
using Proximal.Tensors.Segments;

namespace Proximal.Rollouts;

/// <summary>
/// Token trees packed for one forward pass, without padding: every segment stands once, and every trained token is scored once, from the row
/// before it on its path (the last row of an ancestor for the first token of a segment).
/// </summary>
public sealed class TreePacking
{
    private readonly List<int> tokens = [];
    private readonly List<int> rows = [];
    private readonly List<int> targets = [];
    private readonly List<int> firstScored = [];
    private readonly List<int> firstSegment = [];

    /// <summary>Segments and what they may attend to.</summary>
    public SegmentLayout Layout { get; } = new();

    /// <summary>Scratch memory for those who go through the paths of the trees.</summary>
    internal List<int> Path { get; } = [];

    /// <summary>Token ids. [rows]</summary>
    public ReadOnlySpan<int> Tokens => CollectionsMarshal.AsSpan(tokens);

    /// <summary>The packed row from which each scored token is predicted. [scored]</summary>
    public ReadOnlySpan<int> ScoredRows => CollectionsMarshal.AsSpan(rows);

    /// <summary>The scored tokens. [scored]</summary>
    public ReadOnlySpan<int> ScoredTokens => CollectionsMarshal.AsSpan(targets);

    /// <summary>Forgets everything and keeps the memory.</summary>
    public void Clear()
    {
        Layout.Clear();
        tokens.Clear();
        rows.Clear();
        targets.Clear();
        firstScored.Clear();
        firstSegment.Clear();
    }

    /// <summary>Adds a tree; tokens of the given origin are scored.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="scoredOrigin">Policy for policy optimization, which takes in probes; teacher for supervised learning.</param>
    public void Add(TokenTree tree, SegmentOrigin scoredOrigin)
    {
        ArgumentNullException.ThrowIfNull(tree);
        int first = tree.Pack(Layout, tokens);
        firstSegment.Add(firstScored.Count);
        for (int index = 0; index < tree.Segments.Count; index++)
        {
            TokenSegment segment = tree.Segments[index];
            bool isScored = scoredOrigin == SegmentOrigin.Policy ? segment.Origin.IsTrained() : segment.Origin == scoredOrigin;
            firstScored.Add(isScored ? rows.Count : -1);
            if (!isScored)
            {
                continue;
            }

            int start = Layout.Start[first + segment.Index];
            for (int i = 0; i < segment.Tokens.Length; i++)
            {
                rows.Add(i > 0 ? start + i - 1 : LastRow(tree, first, segment.Parent));
                targets.Add(segment.Tokens[i]);
            }
        }
    }

    /// <summary>The place of the first token of a segment among the scored tokens, or -1 where the segment is not scored.</summary>
    /// <param name="tree">Which tree, in the order of <see cref="Add"/>.</param>
    /// <param name="segment">Index of the segment in the tree.</param>
    public int FirstScored(int tree, int segment) => firstScored[firstSegment[tree] + segment];

    /// <summary>The packed row of the last token of a segment, or of what comes before it where it is empty.</summary>
    /// <param name="tree">Which tree, in the order of <see cref="Add"/>.</param>
    /// <param name="of">The tree.</param>
    /// <param name="segment">Index of the segment in the tree.</param>
    internal int LastRow(int tree, TokenTree of, int segment) => LastRow(of, firstSegment[tree], segment);

    private int LastRow(TokenTree tree, int first, int segment)
    {
        // An empty segment predicts nothing itself: its parent's last token stands before the child.
        while (tree.Segments[segment].Tokens.IsEmpty)
        {
            segment = tree.Segments[segment].Parent;
        }

        return Layout.Start[first + segment] + Layout.Length[first + segment] - 1;
    }
}
