using System.Runtime.CompilerServices;
using Proximal.Tensors.Kernels.Lanes;

namespace Proximal.Tensors.Kernels;

/// <content>
/// Attention. The output of a row depends on nothing but its query and the keys and values on its path, in their order: the score of key j is
/// s_j = scale · (chain of multiply-adds over the head dimension), m = max_j s_j, p_j = exp(s_j - m), the denominator l is the chain of additions
/// of p_j over j, and the output is (chain of multiply-adds of p_j v_j over j) · (1 / l). Sixteen queries sit side by side in the lanes, so no chain is ever
/// split, and chains, packed trees and generation with a cache give the same bits.
/// </content>
internal sealed unsafe partial class CpuBackend
{
    /// <summary>Attention of every row to its path.</summary>
    /// <param name="trees">Segments.</param>
    /// <param name="heads">Sizes.</param>
    /// <param name="queries">[rows, heads.QueryStride]</param>
    /// <param name="keys">[rows, heads.KeyStride]</param>
    /// <param name="values">[rows, heads.KeyStride]</param>
    /// <param name="output">[rows, heads.QueryStride]</param>
    /// <param name="maxima">m of each query head and row, [heads.Queries, rows], or null.</param>
    /// <param name="sums">l of each query head and row, [heads.Queries, rows], or null.</param>
    public void Attend(
        in AttentionTrees trees, AttentionHeads heads, float* queries, float* keys, float* values, float* output, float* maxima, float* sums)
    {
        const int width = ILanes<Lanes128>.Width;
        AttentionWork work = new()
        {
            Trees = trees,
            Heads = heads,
            Queries = queries,
            Keys = keys,
            Values = values,
            Output = output,
            Maxima = maxima,
            Sums = sums,
            ScratchLength = trees.Segments + width + (((2 * heads.Dimension) + trees.LargestTree + width) * width),
        };
        For(trees.Count * heads.Keys, 1, in work);
    }

    private struct AttentionWork : ILaneWork
    {
        public AttentionTrees Trees;
        public AttentionHeads Heads;
        public float* Queries;
        public float* Keys;
        public float* Values;
        public float* Output;
        public float* Maxima;
        public float* Sums;
        public long ScratchLength;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            float* scratch = Scratch.Attention(ScratchLength);
            for (int unit = start; unit < end; unit++)
            {
                int tree = unit / Heads.Keys, keyHead = unit % Heads.Keys;
                for (int segment = Trees.First[tree]; segment < Trees.First[tree + 1]; segment++)
                {
                    for (int head = keyHead * Heads.Group; head < (keyHead + 1) * Heads.Group; head++)
                    {
                        Segment<T>(segment, head, keyHead, scratch);
                    }
                }
            }
        }

        private readonly void Segment<T>(int segment, int head, int keyHead, float* scratch)
            where T : struct, ILanes<T>
        {
            int dimension = Heads.Dimension, queryStride = Heads.QueryStride, keyStride = Heads.KeyStride;
            float* queries = scratch;
            float* outputs = queries + (dimension * ILanes<T>.Width);
            float* scores = outputs + (dimension * ILanes<T>.Width);
            int* path = (int*)(scores + ((Trees.LargestTree + ILanes<T>.Width) * ILanes<T>.Width));
            int ancestors = Trees.WriteAncestors(segment, path);
            float* keys = Keys + (keyHead * dimension);
            float* values = Values + (keyHead * dimension);
            for (int block = 0; block < Trees.Length[segment]; block += ILanes<T>.Width)
            {
                int first = Trees.Start[segment] + block, count = Math.Min(ILanes<T>.Width, Trees.Length[segment] - block);
                LaneTranspose.ToLanes(count, dimension, Queries + ((nint)first * queryStride) + (head * dimension), queryStride, queries);

                float* place = scores;
                for (int i = 0; i <= ancestors; i++)
                {
                    int at = i < ancestors ? path[i] : segment, length = i < ancestors ? Trees.Length[at] : block + count;
                    LaneProduct<T>.Run(
                        length, dimension, queries, ILanes<T>.Width, keys + ((nint)Trees.Start[at] * keyStride), keyStride, 1, place, ILanes<T>.Width, false);
                    place += length * ILanes<T>.Width;
                }

                int visible = (int)((place - scores) / ILanes<T>.Width);
                Softmax<T>(visible, visible - count, Heads.Scale, scores, out T maximum, out T sum);

                place = scores;
                bool accumulate = false;
                for (int i = 0; i <= ancestors; i++)
                {
                    int at = i < ancestors ? path[i] : segment, length = i < ancestors ? Trees.Length[at] : block;
                    LaneProduct<T>.Run(
                        dimension, length, place, ILanes<T>.Width, values + ((nint)Trees.Start[at] * keyStride), 1, keyStride, outputs, ILanes<T>.Width, accumulate);
                    place += length * ILanes<T>.Width;
                    accumulate = true;
                }

                LaneProduct<T>.AddLowerTriangle(
                    dimension, count, place, ILanes<T>.Width, values + ((nint)first * keyStride), 1, keyStride, outputs, ILanes<T>.Width);
                T inverse = T.Broadcast(1f) / sum;
                for (int d = 0; d < dimension; d++)
                {
                    T.Store(outputs + (d * ILanes<T>.Width), T.Load(outputs + (d * ILanes<T>.Width)) * inverse);
                }

                LaneTranspose.FromLanes(count, dimension, outputs, Output + ((nint)first * queryStride) + (head * dimension), queryStride, false);
                if (Maxima != null)
                {
                    T.StoreCount(Maxima + ((nint)head * Trees.Rows) + first, maximum, count);
                    T.StoreCount(Sums + ((nint)head * Trees.Rows) + first, sum, count);
                }
            }
        }
    }

    /// <summary>Turns raw scores of sixteen queries into exp(scale · s - m), the keys from <paramref name="diagonal"/> on seen by one lane less each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Softmax<T>(int keys, int diagonal, float scale, float* scores, out T maximum, out T sum)
        where T : struct, ILanes<T>
    {
        T hidden = T.Broadcast(float.NegativeInfinity);
        for (int j = diagonal + 1; j < keys; j++)
        {
            float* score = scores + (j * ILanes<T>.Width);
            T.Store(score, T.Select(LaneMasks.From<T>(j - diagonal), T.Load(score), hidden));
        }

        T largest = hidden, second = hidden;
        int i = 0;
        for (; i <= keys - 2; i += 2)
        {
            largest = T.Max(T.Load(scores + (i * ILanes<T>.Width)), largest);
            second = T.Max(T.Load(scores + ((i + 1) * ILanes<T>.Width)), second);
        }

        if (i < keys)
        {
            largest = T.Max(T.Load(scores + (i * ILanes<T>.Width)), largest);
        }

        // Rounding keeps order, so scaling the largest score gives the largest scaled score.
        T scales = T.Broadcast(scale);
        maximum = T.Max(largest, second) * scales;
        sum = T.Zero;
        for (int j = 0; j < keys; j++)
        {
            float* score = scores + (j * ILanes<T>.Width);
            T p = LaneMath.Exp((T.Load(score) * scales) - maximum);
            T.Store(score, p);
            sum += p;
        }
    }
}
