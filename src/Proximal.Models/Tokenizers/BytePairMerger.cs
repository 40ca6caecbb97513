namespace Proximal.Models.Tokenizers;

/// <summary>Merges neighbouring tokens of one piece, the pair with the lowest rank first and the leftmost of equals, until none has a rank.</summary>
internal sealed class BytePairMerger(IReadOnlyDictionary<(int Left, int Right), (int Rank, int Result)> merges)
{
    private const int None = -1;

    private readonly PriorityQueue<(int Position, int Left, int Right), (int Rank, int Position)> queue = new();
    private int[] tokens = [];
    private int[] next = [];
    private int[] previous = [];

    /// <summary>Appends the merged tokens of a piece.</summary>
    /// <param name="bytes">The token of each byte.</param>
    /// <param name="output">Where the tokens go.</param>
    public void Merge(ReadOnlySpan<int> bytes, List<int> output)
    {
        Prepare(bytes);
        for (int i = 0; i + 1 < bytes.Length; i++)
        {
            Offer(i);
        }

        while (queue.TryDequeue(out (int Position, int Left, int Right) pair, out _))
        {
            int at = pair.Position;

            // A position that was merged since the pair was offered holds another token, or none.
            if (tokens[at] != pair.Left || next[at] == None || tokens[next[at]] != pair.Right)
            {
                continue;
            }

            int gone = next[at];
            tokens[at] = merges[(pair.Left, pair.Right)].Result;
            tokens[gone] = None;
            next[at] = next[gone];
            if (next[at] != None)
            {
                previous[next[at]] = at;
                Offer(at);
            }

            if (previous[at] != None)
            {
                Offer(previous[at]);
            }
        }

        for (int at = bytes.IsEmpty ? None : 0; at != None; at = next[at])
        {
            output.Add(tokens[at]);
        }
    }

    private void Prepare(ReadOnlySpan<int> bytes)
    {
        if (tokens.Length < bytes.Length)
        {
            int capacity = Math.Max(64, bytes.Length * 2);
            tokens = new int[capacity];
            next = new int[capacity];
            previous = new int[capacity];
        }

        bytes.CopyTo(tokens);
        for (int i = 0; i < bytes.Length; i++)
        {
            previous[i] = i - 1;
            next[i] = i + 1 < bytes.Length ? i + 1 : None;
        }
    }

    private void Offer(int at)
    {
        int left = tokens[at], right = tokens[next[at]];
        if (merges.TryGetValue((left, right), out (int Rank, int Result) merge))
        {
            queue.Enqueue((at, left, right), (merge.Rank, at));
        }
    }
}
