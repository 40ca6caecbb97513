using Proximal.Tensors.Kernels;
using Proximal.Tensors.Memory;

namespace Proximal.Tensors.Segments;

/// <summary>
/// Keys and values of growing token trees, for generation. A segment continues its parent, which is shared and no longer grows: a prompt is computed once
/// for all of its rollouts. Tokens lie in blocks of sixteen that belong to one segment each and are used again after <see cref="Reset"/>.
/// </summary>
/// <remarks>
/// A step first calls <see cref="Add"/> and <see cref="Extend"/> on one thread; these find the memory. <see cref="Write"/> and attention then take no lock and
/// allocate nothing, and threads may do them at once for different rows.
/// A block holds, for each layer and head, the keys transposed as [headDimension, 16], so that the scores of sixteen keys are computed side by side, and the
/// values as [16, padded headDimension].
/// </remarks>
internal sealed unsafe class KeyValueCache : IDisposable
{
    /// <summary>Tokens of a block.</summary>
    public const int BlockTokens = 16;

    private const long ChunkBytes = 1 << 20;

    private readonly List<NativeBuffer> chunks = [];
    private readonly int blocksPerChunk;
    private readonly long blockFloats;
    private nint[] blocks = new nint[64];
    private int[] previous = new int[64];
    private int[] tokens = new int[64];
    private Segment[] segments = new Segment[16];
    private int blockCount;

    private struct Segment
    {
        public int Parent;
        public int Length;
        public int Depth;
        public int LastBlock;
        public int PathBlocks;
        public bool HasChildren;
    }

    /// <summary>Creates an empty cache.</summary>
    /// <param name="layers">Layers of the model.</param>
    /// <param name="heads">Sizes of its attention.</param>
    public KeyValueCache(int layers, AttentionHeads heads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(layers);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heads.Keys);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heads.Dimension);
        Layers = layers;
        Heads = heads;
        HeadFloats = BlockTokens * (heads.Dimension + heads.PaddedDimension);
        LayerFloats = checked(heads.Keys * HeadFloats);
        blockFloats = (long)layers * LayerFloats;
        blocksPerChunk = (int)Math.Clamp(ChunkBytes / (blockFloats * sizeof(float)), 1, 1 << 16);
    }

    /// <summary>Layers of the model.</summary>
    public int Layers { get; }

    /// <summary>Sizes of the attention.</summary>
    public AttentionHeads Heads { get; }

    /// <summary>Number of segments.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes held from the operating system.</summary>
    public long BytesHeld => chunks.Count * blocksPerChunk * blockFloats * sizeof(float);

    /// <summary>Bytes that a token takes.</summary>
    public long TokenBytes => blockFloats * sizeof(float) / BlockTokens;

    /// <summary>Floats of a head of a layer in a block: keys, then values.</summary>
    public int HeadFloats { get; }

    /// <summary>Floats of a layer in a block.</summary>
    public int LayerFloats { get; }

    /// <summary>Starts a segment and returns its index.</summary>
    /// <param name="parent">The segment it continues, which must not grow any more, or -1.</param>
    public int Add(int parent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parent, -1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(parent, Count);
        if (Count == segments.Length)
        {
            Array.Resize(ref segments, Count * 2);
        }

        Segment segment = new() { Parent = parent, LastBlock = -1 };
        if (parent >= 0)
        {
            segments[parent].HasChildren = true;
            segment.Depth = segments[parent].Depth + segments[parent].Length;
            segment.LastBlock = segments[parent].LastBlock;
            segment.PathBlocks = segments[parent].PathBlocks;
        }

        segments[Count] = segment;
        return Count++;
    }

    /// <summary>Tokens of a segment.</summary>
    public int Length(int segment) => segments[segment].Length;

    /// <summary>Tokens of the ancestors of a segment: the position of its first token.</summary>
    public int Depth(int segment) => segments[segment].Depth;

    /// <summary>Makes room for more tokens of a segment and returns the place of the first of them in the segment.</summary>
    /// <exception cref="InvalidOperationException">Another segment already continues this one.</exception>
    public int Extend(int segment, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(segment, Count);
        ref Segment grown = ref segments[segment];
        if (grown.HasChildren)
        {
            throw new InvalidOperationException($"Segment {segment} is continued by others and can no longer grow.");
        }

        int first = grown.Length, end = checked(first + count);
        int have = (first + BlockTokens - 1) / BlockTokens, need = (end + BlockTokens - 1) / BlockTokens;
        for (; have < need; have++)
        {
            int block = NewBlock();
            previous[block] = grown.LastBlock;
            grown.LastBlock = block;
            grown.PathBlocks++;
        }

        // Only the last block of a segment may be partial.
        int left = end;
        for (int i = need, block = grown.LastBlock; i > 0 && (i - 1) * BlockTokens >= first - BlockTokens; i--, block = previous[block])
        {
            tokens[block] = Math.Min(BlockTokens, left - ((i - 1) * BlockTokens));
        }

        grown.Length = end;
        return first;
    }

    /// <summary>Stores keys and values of a layer for rows that <see cref="Extend"/> made room for.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="rowSegments">Segment of each row.</param>
    /// <param name="places">Place of each row in its segment.</param>
    /// <param name="keys">[rows, Heads.KeyStride]</param>
    /// <param name="values">[rows, Heads.KeyStride]</param>
    public void Write(int layer, int rows, int* rowSegments, int* places, float* keys, float* values)
    {
        int dimension = Heads.Dimension, padded = Heads.PaddedDimension;
        for (int row = 0; row < rows; row++)
        {
            int slot = places[row] % BlockTokens;
            float* head = (float*)blocks[BlockOf(rowSegments[row], places[row])] + ((nint)layer * LayerFloats);
            for (int keyHead = 0; keyHead < Heads.Keys; keyHead++, head += HeadFloats)
            {
                nint source = ((nint)row * Heads.KeyStride) + (keyHead * dimension);
                float* valueRow = head + (BlockTokens * dimension) + (slot * padded);
                for (int d = 0; d < dimension; d++)
                {
                    head[(d * BlockTokens) + slot] = keys[source + d];
                    valueRow[d] = values[source + d];
                }
            }
        }
    }

    /// <summary>Number of blocks on the path to a place, its own included.</summary>
    public int PathBlocks(int segment, int place)
    {
        ref readonly Segment at = ref segments[segment];
        return at.PathBlocks - ((at.Length - 1) / BlockTokens) + (place / BlockTokens);
    }

    /// <summary>Lists the blocks on the path to a place in order, and how many tokens of each are seen.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="place">The place in the segment; what comes later is not seen.</param>
    /// <param name="heads">Receives the first head of the layer in each block.</param>
    /// <param name="counts">Receives the tokens of each block.</param>
    public void WritePath(int layer, int segment, int place, nint* heads, int* counts)
    {
        int count = PathBlocks(segment, place), block = BlockOf(segment, place);
        for (int i = count - 1; i >= 0; i--, block = previous[block])
        {
            heads[i] = blocks[block] + ((nint)layer * LayerFloats * sizeof(float));
            counts[i] = i == count - 1 ? (place % BlockTokens) + 1 : tokens[block];
        }
    }

    /// <summary>Forgets all segments and keeps the memory.</summary>
    public void Reset()
    {
        Count = 0;
        blockCount = 0;
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        foreach (NativeBuffer chunk in chunks)
        {
            chunk.Dispose();
        }

        chunks.Clear();
    }

    private int BlockOf(int segment, int place)
    {
        ref readonly Segment at = ref segments[segment];
        int block = at.LastBlock;
        for (int i = (at.Length - 1) / BlockTokens; i > place / BlockTokens; i--)
        {
            block = previous[block];
        }

        return block;
    }

    private int NewBlock()
    {
        if (blockCount == chunks.Count * blocksPerChunk)
        {
            NativeBuffer chunk = new(blocksPerChunk * blockFloats * sizeof(float));
            chunks.Add(chunk);
            if (blockCount + blocksPerChunk > blocks.Length)
            {
                int capacity = Math.Max(blockCount + blocksPerChunk, blocks.Length * 2);
                Array.Resize(ref blocks, capacity);
                Array.Resize(ref previous, capacity);
                Array.Resize(ref tokens, capacity);
            }

            for (int i = 0; i < blocksPerChunk; i++)
            {
                blocks[blockCount + i] = (nint)(chunk.Floats + (i * blockFloats));
            }
        }

        return blockCount++;
    }
}
