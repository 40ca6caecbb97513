using Proximal.Tensors.Kernels.Lanes;
using Proximal.Tensors.Segments;

namespace Proximal.Tensors.Kernels;

/// <content>
/// Attention of generation: one query at a time against the blocks of a cache, sixteen keys side by side for the scores and sixteen dimensions for the
/// output. The chains are those of <see cref="Attend"/>, so the bits are too.
/// </content>
internal sealed unsafe partial class CpuBackend
{
    /// <summary>Attention of rows whose keys and values are already in the cache.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="segments">Segment of each row.</param>
    /// <param name="places">Place of each row in its segment; it sees all before it and itself.</param>
    /// <param name="queries">[rows, heads.QueryStride]</param>
    /// <param name="output">[rows, heads.QueryStride]</param>
    public void AttendCached(KeyValueCache cache, int layer, int rows, int* segments, int* places, float* queries, float* output)
    {
        CachedAttentionWork work = new(cache, layer, segments, places, queries, output);
        For(rows, 1, in work);
    }

    private readonly struct CachedAttentionWork(
        KeyValueCache cache, int layer, int* segments, int* places, float* queries, float* output) : ILaneWork
    {
        public void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            for (int row = start; row < end; row++)
            {
                nint at = (nint)row * cache.Heads.QueryStride;
                Row<T>(segments[row], places[row], queries + at, output + at);
            }
        }

        private void Row<T>(int segment, int place, float* query, float* result)
            where T : struct, ILanes<T>
        {
            int heads = cache.Heads.Queries, blocks = cache.PathBlocks(segment, place);
            float* scores = Scratch.Attention(((long)heads * blocks * ILanes<T>.Width) + (3L * blocks) + heads + 2);
            nint* path = (nint*)(scores + ((nint)heads * blocks * ILanes<T>.Width));
            int* counts = (int*)(path + blocks);
            float* sums = (float*)(counts + blocks);
            cache.WritePath(layer, segment, place, path, counts);
            Scores<T>(blocks, path, query, scores);
            for (int head = 0; head < heads; head++)
            {
                Probabilities<T>(blocks, counts, scores + ((nint)head * blocks * ILanes<T>.Width));
            }

            Sums<T>(blocks, counts, scores, sums);
            Outputs<T>(blocks, path, counts, scores, sums, result);
        }

        /// <summary>Raw scores [heads, blocks, 16], four blocks of heads in flight.</summary>
        private void Scores<T>(int blocks, nint* path, float* query, float* scores)
            where T : struct, ILanes<T>
        {
            int dimension = cache.Heads.Dimension, count = cache.Heads.Queries * blocks, i = 0;
            for (; i <= count - 4; i += 4)
            {
                float* k0 = Keys(i, blocks, path), k1 = Keys(i + 1, blocks, path), k2 = Keys(i + 2, blocks, path), k3 = Keys(i + 3, blocks, path);
                float* q0 = query + (i / blocks * dimension), q1 = query + ((i + 1) / blocks * dimension);
                float* q2 = query + ((i + 2) / blocks * dimension), q3 = query + ((i + 3) / blocks * dimension);
                T s0 = T.Zero, s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;
                for (int d = 0; d < dimension; d++)
                {
                    int at = d * ILanes<T>.Width;
                    s0 = T.MultiplyAdd(T.Broadcast(q0[d]), T.Load(k0 + at), s0);
                    s1 = T.MultiplyAdd(T.Broadcast(q1[d]), T.Load(k1 + at), s1);
                    s2 = T.MultiplyAdd(T.Broadcast(q2[d]), T.Load(k2 + at), s2);
                    s3 = T.MultiplyAdd(T.Broadcast(q3[d]), T.Load(k3 + at), s3);
                }

                float* place = scores + ((nint)i * ILanes<T>.Width);
                T.Store(place, s0);
                T.Store(place + ILanes<T>.Width, s1);
                T.Store(place + (2 * ILanes<T>.Width), s2);
                T.Store(place + (3 * ILanes<T>.Width), s3);
            }

            for (; i < count; i++)
            {
                float* k = Keys(i, blocks, path);
                float* q = query + (i / blocks * dimension);
                T s = T.Zero;
                for (int d = 0; d < dimension; d++)
                {
                    s = T.MultiplyAdd(T.Broadcast(q[d]), T.Load(k + (d * ILanes<T>.Width)), s);
                }

                T.Store(scores + ((nint)i * ILanes<T>.Width), s);
            }
        }

        private float* Keys(int index, int blocks, nint* path) =>
            (float*)path[index % blocks] + (index / blocks / cache.Heads.Group * cache.HeadFloats);

        private void Probabilities<T>(int blocks, int* counts, float* scores)
            where T : struct, ILanes<T>
        {
            T hidden = T.Broadcast(float.NegativeInfinity), largest = hidden, scale = T.Broadcast(cache.Heads.Scale);
            for (int block = 0; block < blocks; block++)
            {
                float* score = scores + ((nint)block * ILanes<T>.Width);
                T value = T.Load(score);
                if (counts[block] < ILanes<T>.Width)
                {
                    value = T.Select(LaneMasks.Before<T>(counts[block]), value, hidden);
                    T.Store(score, value);
                }

                largest = T.Max(value, largest);
            }

            T maximum = T.Broadcast(T.MaxOf(largest)) * scale;
            for (int block = 0; block < blocks; block++)
            {
                float* score = scores + ((nint)block * ILanes<T>.Width);
                T.Store(score, LaneMath.Exp((T.Load(score) * scale) - maximum));
            }
        }

        /// <summary>The denominators, four chains in flight.</summary>
        private void Sums<T>(int blocks, int* counts, float* scores, float* sums)
            where T : struct, ILanes<T>
        {
            int heads = cache.Heads.Queries, head = 0;
            nint stride = (nint)blocks * ILanes<T>.Width;
            for (; head <= heads - 4; head += 4)
            {
                float* p = scores + (head * stride);
                float l0 = 0, l1 = 0, l2 = 0, l3 = 0;
                for (int block = 0; block < blocks; block++, p += ILanes<T>.Width)
                {
                    for (int j = 0; j < counts[block]; j++)
                    {
                        l0 += p[j];
                        l1 += p[stride + j];
                        l2 += p[(2 * stride) + j];
                        l3 += p[(3 * stride) + j];
                    }
                }

                sums[head] = l0;
                sums[head + 1] = l1;
                sums[head + 2] = l2;
                sums[head + 3] = l3;
            }

            for (; head < heads; head++)
            {
                float* p = scores + (head * stride);
                float sum = 0;
                for (int block = 0; block < blocks; block++, p += ILanes<T>.Width)
                {
                    for (int j = 0; j < counts[block]; j++)
                    {
                        sum += p[j];
                    }
                }

                sums[head] = sum;
            }
        }

        /// <summary>Outputs, four parts of sixteen dimensions in flight.</summary>
        private void Outputs<T>(int blocks, nint* path, int* counts, float* scores, float* sums, float* result)
            where T : struct, ILanes<T>
        {
            int padded = cache.Heads.PaddedDimension, parts = padded / ILanes<T>.Width, count = cache.Heads.Queries * parts, i = 0;
            nint stride = (nint)blocks * ILanes<T>.Width;
            for (; i <= count - 4; i += 4)
            {
                nint v0 = Values<T>(i, parts), v1 = Values<T>(i + 1, parts), v2 = Values<T>(i + 2, parts), v3 = Values<T>(i + 3, parts);
                float* p0 = scores + (i / parts * stride), p1 = scores + ((i + 1) / parts * stride);
                float* p2 = scores + ((i + 2) / parts * stride), p3 = scores + ((i + 3) / parts * stride);
                T o0 = T.Zero, o1 = T.Zero, o2 = T.Zero, o3 = T.Zero;
                for (int block = 0; block < blocks; block++)
                {
                    float* values = (float*)path[block];
                    for (int j = 0; j < counts[block]; j++)
                    {
                        o0 = T.MultiplyAdd(T.Broadcast(p0[j]), T.Load(values + v0), o0);
                        o1 = T.MultiplyAdd(T.Broadcast(p1[j]), T.Load(values + v1), o1);
                        o2 = T.MultiplyAdd(T.Broadcast(p2[j]), T.Load(values + v2), o2);
                        o3 = T.MultiplyAdd(T.Broadcast(p3[j]), T.Load(values + v3), o3);
                        values += padded;
                    }

                    p0 += ILanes<T>.Width;
                    p1 += ILanes<T>.Width;
                    p2 += ILanes<T>.Width;
                    p3 += ILanes<T>.Width;
                }

                Finish(i, parts, o0, sums, result);
                Finish(i + 1, parts, o1, sums, result);
                Finish(i + 2, parts, o2, sums, result);
                Finish(i + 3, parts, o3, sums, result);
            }

            for (; i < count; i++)
            {
                nint v = Values<T>(i, parts);
                float* p = scores + (i / parts * stride);
                T o = T.Zero;
                for (int block = 0; block < blocks; block++, p += ILanes<T>.Width)
                {
                    float* values = (float*)path[block];
                    for (int j = 0; j < counts[block]; j++)
                    {
                        o = T.MultiplyAdd(T.Broadcast(p[j]), T.Load(values + v), o);
                        values += padded;
                    }
                }

                Finish(i, parts, o, sums, result);
            }
        }

        private nint Values<T>(int index, int parts)
            where T : struct, ILanes<T> =>
            ((nint)(index / parts / cache.Heads.Group) * cache.HeadFloats)
            + (KeyValueCache.BlockTokens * cache.Heads.Dimension) + (index % parts * ILanes<T>.Width);

        private void Finish<T>(int index, int parts, T output, float* sums, float* result)
            where T : struct, ILanes<T>
        {
            int dimension = cache.Heads.Dimension, head = index / parts, first = index % parts * ILanes<T>.Width;
            T value = output * T.Broadcast(1f / sums[head]);
            LanePart.Store(result + (head * dimension) + first, value, dimension - first);
        }
    }
}
