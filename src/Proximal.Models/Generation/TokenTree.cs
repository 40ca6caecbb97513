using System.Runtime.InteropServices;
using Proximal.Tensors.Segments;

namespace Proximal.Models.Generation;

/// <summary>
/// A prompt and what grew from it. A chain is a tree; a group of rollouts is a tree with as many leaves; tree search, shared prefixes and
/// turns with observations are trees too. Parents come before their children.
/// </summary>
public sealed class TokenTree
{
    private readonly List<TokenSegment> segments = [];

    /// <summary>Starts a tree with its prompt.</summary>
    /// <exception cref="ArgumentException">The prompt is empty: there would be no token to predict from.</exception>
    public TokenTree(ReadOnlySpan<int> prompt)
    {
        if (prompt.IsEmpty)
        {
            throw new ArgumentException("A tree needs a prompt of at least one token.", nameof(prompt));
        }

        TokenSegment root = new(0, -1, 0, SegmentOrigin.Prompt);
        segments.Add(root);
        Append(root, prompt);
    }

    /// <summary>All segments; the first is the prompt.</summary>
    public IReadOnlyList<TokenSegment> Segments => segments;

    /// <summary>Number of tokens of all segments: the rows that the tree takes in a packed batch.</summary>
    public int TokenCount
    {
        get
        {
            int count = 0;
            foreach (TokenSegment segment in segments)
            {
                count += segment.Tokens.Length;
            }

            return count;
        }
    }

    /// <summary>Adds an empty segment below another one.</summary>
    /// <param name="parent">Index of the parent; its tokens are complete from here on.</param>
    /// <param name="origin">Where its tokens will come from.</param>
    public TokenSegment Branch(int parent, SegmentOrigin origin)
    {
        TokenSegment above = segments[parent];
        TokenSegment segment = new(segments.Count, parent, above.Depth + above.Tokens.Length, origin);
        above.Children++;
        segments.Add(segment);
        return segment;
    }

    /// <summary>Adds a segment of given tokens: an observation, a hint, a demonstration.</summary>
    public TokenSegment Branch(int parent, SegmentOrigin origin, ReadOnlySpan<int> tokens)
    {
        TokenSegment segment = Branch(parent, origin);
        Append(segment, tokens);
        return segment;
    }

    /// <summary>A tree of the same segments.</summary>
    public TokenTree Copy()
    {
        TokenTree copy = new(segments[0].Tokens);
        copy.segments[0].CopyRoutes(segments[0]);
        copy.Graft(this);
        return copy;
    }

    /// <summary>Adds the segments of another tree that grew from the same prompt.</summary>
    /// <returns>What is added to the index of a segment of the other tree, beside its prompt, to have it here.</returns>
    /// <exception cref="ArgumentException">The other tree has another prompt.</exception>
    public int Graft(TokenTree other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!other.segments[0].Tokens.SequenceEqual(segments[0].Tokens))
        {
            throw new ArgumentException("The trees grew from different prompts.", nameof(other));
        }

        int shift = segments.Count - 1;
        foreach (TokenSegment source in other.segments.Skip(1).ToArray())
        {
            Adopt(source, source.Parent == 0 ? 0 : source.Parent + shift);
        }

        return shift;
    }

    /// <summary>A tree of the segments on the paths to some of them, in the same order.</summary>
    /// <param name="ends">The last segments of the paths that stay.</param>
    /// <param name="places">The index that each segment has in the new tree, -1 for those that are left out. [segments]</param>
    public TokenTree Prune(IEnumerable<int> ends, out int[] places)
    {
        ArgumentNullException.ThrowIfNull(ends);
        places = new int[segments.Count];
        Array.Fill(places, -1);
        foreach (int end in ends)
        {
            for (int at = end; at >= 0 && places[at] < 0; at = segments[at].Parent)
            {
                places[at] = 0;
            }
        }

        TokenTree pruned = new(segments[0].Tokens);
        pruned.segments[0].CopyRoutes(segments[0]);
        for (int i = 1; i < places.Length; i++)
        {
            if (places[i] == 0)
            {
                places[i] = pruned.Adopt(segments[i], places[segments[i].Parent]).Index;
            }
        }

        places[0] = 0;
        return pruned;
    }

    /// <summary>Writes the segments without children, in order, and returns how many there are.</summary>
    public int WriteLeaves(List<int> leaves)
    {
        leaves.Clear();
        foreach (TokenSegment segment in segments)
        {
            if (segment.Children == 0)
            {
                leaves.Add(segment.Index);
            }
        }

        return leaves.Count;
    }

    /// <summary>Appends this tree to a packed batch: one layout segment for each segment, one row for each token.</summary>
    /// <returns>The layout index of the root; segment i of the tree is at that index plus i.</returns>
    public int Pack(SegmentLayout layout, List<int> packedTokens)
    {
        int first = layout.Count;
        foreach (TokenSegment segment in segments)
        {
            layout.Add(segment.Parent < 0 ? -1 : first + segment.Parent, segment.Tokens.Length);
            packedTokens.AddRange(segment.Tokens);
        }

        return first;
    }

    /// <summary>The segments from the root down to one segment.</summary>
    public void WritePath(int segment, List<int> path)
    {
        path.Clear();
        for (int at = segment; at >= 0; at = segments[at].Parent)
        {
            path.Add(at);
        }

        CollectionsMarshal.AsSpan(path).Reverse();
    }

    /// <summary>Adds a segment like one of another tree.</summary>
    private TokenSegment Adopt(TokenSegment source, int parent)
    {
        TokenSegment segment = Branch(parent, source.Origin);
        for (int i = 0; i < source.Tokens.Length; i++)
        {
            segment.Append(source.Tokens[i], source.LogProbs[i], source.Entropies[i]);
        }

        segment.End = source.End;
        segment.CopyRoutes(source);
        return segment;
    }

    private static void Append(TokenSegment segment, ReadOnlySpan<int> tokens)
    {
        foreach (int token in tokens)
        {
            segment.Append(token, 0, 0);
        }
    }
}
