using System.Runtime.InteropServices;
using Proximal.Tensors.Kernels.Lanes;

namespace Proximal.Tensors.Kernels;

internal sealed unsafe partial class CpuBackend
{
    /// <summary>
    /// Gradients of attention. Probabilities are computed again from the maxima and sums that the forward pass left. One worker does a head of keys
    /// of a tree as a whole, so the order in which a key's gradient is summed is fixed.
    /// </summary>
    /// <param name="trees">Segments.</param>
    /// <param name="heads">Sizes.</param>
    /// <param name="queries">[rows, heads.QueryStride]</param>
    /// <param name="keys">[rows, heads.KeyStride]</param>
    /// <param name="values">[rows, heads.KeyStride]</param>
    /// <param name="output">What the forward pass gave. [rows, heads.QueryStride]</param>
    /// <param name="maxima">[heads.Queries, rows]</param>
    /// <param name="sums">[heads.Queries, rows]</param>
    /// <param name="gradient">Gradient of the output. [rows, heads.QueryStride]</param>
    /// <param name="gradientQueries">Where to write; null leaves it out.</param>
    /// <param name="accumulateQueries">Whether to add to what is there.</param>
    /// <param name="gradientKeys">Where to add; null leaves it out.</param>
    /// <param name="gradientValues">Where to add; null leaves it out.</param>
    public void AttendBackward(
        in AttentionTrees trees,
        AttentionHeads heads,
        float* queries,
        float* keys,
        float* values,
        float* output,
        float* maxima,
        float* sums,
        float* gradient,
        float* gradientQueries,
        bool accumulateQueries,
        float* gradientKeys,
        float* gradientValues)
    {
        AttentionBackwardWork work = new()
        {
            Trees = trees,
            Heads = heads,
            Queries = queries,
            Keys = keys,
            Values = values,
            Output = output,
            Maxima = maxima,
            Sums = sums,
            Gradient = gradient,
            GradientQueries = gradientQueries,
            AccumulateQueries = accumulateQueries,
            GradientKeys = gradientKeys,
            GradientValues = gradientValues,
        };
        For(trees.Count * heads.Keys, 1, in work);
    }

    private struct AttentionBackwardWork : ILaneWork
    {
        /// <summary>Keys whose probabilities and their gradients stay in the first-level cache.</summary>
        private const int KeyTile = 64;

        public AttentionTrees Trees;
        public AttentionHeads Heads;
        public float* Queries;
        public float* Keys;
        public float* Values;
        public float* Output;
        public float* Maxima;
        public float* Sums;
        public float* Gradient;
        public float* GradientQueries;
        public bool AccumulateQueries;
        public float* GradientKeys;
        public float* GradientValues;

        public readonly void Run<T>(int start, int end, int worker)
            where T : struct, ILanes<T>
        {
            int padded = Heads.PaddedDimension;
            long perRow = 2L * padded * Trees.LargestTree;
            float* scratch = Scratch.Attention(perRow + (((5 * padded) + (2 * KeyTile)) * ILanes<T>.Width) + Trees.Segments);
            Block block = new()
            {
                GradientKeys = scratch,
                GradientValues = scratch + (perRow / 2),
                QueryLanes = scratch + perRow,
            };
            block.QueryRows = block.QueryLanes + (padded * ILanes<T>.Width);
            block.OutputLanes = block.QueryRows + (padded * ILanes<T>.Width);
            block.OutputRows = block.OutputLanes + (padded * ILanes<T>.Width);
            block.GradientQueries = block.OutputRows + (padded * ILanes<T>.Width);
            block.Probabilities = block.GradientQueries + (padded * ILanes<T>.Width);
            block.Scores = block.Probabilities + (KeyTile * ILanes<T>.Width);
            int* path = (int*)(block.Scores + (KeyTile * ILanes<T>.Width));
            for (int unit = start; unit < end; unit++)
            {
                int tree = unit / Heads.Keys;
                block.KeyHead = unit % Heads.Keys;
                block.FirstRow = Trees.FirstRow(tree);
                int rows = Trees.EndRow(tree) - block.FirstRow;
                NativeMemory.Clear(block.GradientKeys, (nuint)((long)rows * padded * sizeof(float)));
                NativeMemory.Clear(block.GradientValues, (nuint)((long)rows * padded * sizeof(float)));
                for (int segment = Trees.First[tree]; segment < Trees.First[tree + 1]; segment++)
                {
                    int ancestors = Trees.WriteAncestors(segment, path);
                    for (int head = block.KeyHead * Heads.Group; head < (block.KeyHead + 1) * Heads.Group; head++)
                    {
                        Segment<T>(segment, head, path, ancestors, ref block);
                    }
                }

                AddRows<T>(rows, block.GradientKeys, GradientKeys, in block);
                AddRows<T>(rows, block.GradientValues, GradientValues, in block);
            }
        }

        private readonly void Segment<T>(int segment, int head, int* path, int ancestors, ref Block block)
            where T : struct, ILanes<T>
        {
            int dimension = Heads.Dimension, padded = Heads.PaddedDimension, stride = Heads.QueryStride;
            float* dots = stackalloc float[ILanes<T>.Width];
            for (int offset = 0; offset < Trees.Length[segment]; offset += ILanes<T>.Width)
            {
                int first = Trees.Start[segment] + offset, count = Math.Min(ILanes<T>.Width, Trees.Length[segment] - offset);
                nint at = ((nint)first * stride) + (head * dimension);
                block.Count = count;
                LaneTranspose.ToLanes(count, dimension, Queries + at, stride, block.QueryLanes);
                LaneTranspose.ToLanes(count, dimension, Gradient + at, stride, block.OutputLanes);
                CopyRows<T>(count, dimension, Queries + at, stride, block.QueryRows, padded);
                CopyRows<T>(count, dimension, Gradient + at, stride, block.OutputRows, padded);
                NativeMemory.Clear(block.GradientQueries, (nuint)(dimension * ILanes<T>.Width * sizeof(float)));

                for (int i = 0; i < ILanes<T>.Width; i++)
                {
                    dots[i] = i < count ? Dot<T>(dimension, Gradient + at + ((nint)i * stride), Output + at + ((nint)i * stride)) : 0f;
                }

                T sums = T.LoadCount(Sums + ((nint)head * Trees.Rows) + first, count);
                QueryLanes<T> lanes = new()
                {
                    Maximum = T.LoadCount(Maxima + ((nint)head * Trees.Rows) + first, count),
                    InverseSum = T.Select(LaneMasks.Before<T>(count), T.Broadcast(1f) / sums, T.Zero),
                    Dot = T.Load(dots),
                };
                for (int i = 0; i < ancestors; i++)
                {
                    KeyRange<T>(Trees.Start[path[i]], Trees.Length[path[i]], diagonal: false, in lanes, in block);
                }

                KeyRange<T>(Trees.Start[segment], offset, diagonal: false, in lanes, in block);
                KeyRange<T>(first, count, diagonal: true, in lanes, in block);
                if (GradientQueries != null)
                {
                    LaneTranspose.FromLanes(count, dimension, block.GradientQueries, GradientQueries + at, stride, AccumulateQueries);
                }
            }
        }

        private readonly void KeyRange<T>(int firstKey, int keys, bool diagonal, in QueryLanes<T> lanes, in Block block)
            where T : struct, ILanes<T>
        {
            int dimension = Heads.Dimension, padded = Heads.PaddedDimension, stride = Heads.KeyStride;
            T scale = T.Broadcast(Heads.Scale);
            for (int start = 0; start < keys; start += KeyTile)
            {
                int count = Math.Min(KeyTile, keys - start);
                float* key = Keys + ((nint)(firstKey + start) * stride) + (block.KeyHead * dimension);
                float* value = Values + ((nint)(firstKey + start) * stride) + (block.KeyHead * dimension);
                LaneProduct<T>.Run(count, dimension, block.QueryLanes, ILanes<T>.Width, key, stride, 1, block.Probabilities, ILanes<T>.Width, false);
                LaneProduct<T>.Run(count, dimension, block.OutputLanes, ILanes<T>.Width, value, stride, 1, block.Scores, ILanes<T>.Width, false);
                for (int j = 0; j < count; j++)
                {
                    float* probabilities = block.Probabilities + (j * ILanes<T>.Width);
                    float* scores = block.Scores + (j * ILanes<T>.Width);
                    T p = LaneMath.Exp((T.Load(probabilities) * scale) - lanes.Maximum) * lanes.InverseSum;
                    T g = p * (T.Load(scores) - lanes.Dot) * scale;
                    if (diagonal)
                    {
                        T mask = LaneMasks.From<T>(j);
                        p = T.And(mask, p);
                        g = T.And(mask, g);
                    }

                    T.Store(probabilities, p);
                    T.Store(scores, g);
                }

                LaneProduct<T>.Run(dimension, count, block.Scores, ILanes<T>.Width, key, 1, stride, block.GradientQueries, ILanes<T>.Width, true);
                nint row = (nint)(firstKey + start - block.FirstRow) * padded;
                for (int d = 0; d < padded; d += ILanes<T>.Width)
                {
                    LaneProduct<T>.Run(
                        count, block.Count, block.QueryRows + d, padded, block.Scores, ILanes<T>.Width, 1, block.GradientKeys + row + d, padded, true);
                    LaneProduct<T>.Run(
                        count, block.Count, block.OutputRows + d, padded, block.Probabilities, ILanes<T>.Width, 1, block.GradientValues + row + d, padded, true);
                }
            }
        }

        private readonly void AddRows<T>(int rows, float* source, float* target, in Block block)
            where T : struct, ILanes<T>
        {
            if (target == null)
            {
                return;
            }

            int dimension = Heads.Dimension, padded = Heads.PaddedDimension;
            target += ((nint)block.FirstRow * Heads.KeyStride) + (block.KeyHead * dimension);
            for (int row = 0; row < rows; row++, source += padded, target += Heads.KeyStride)
            {
                for (int d = 0; d < dimension; d += ILanes<T>.Width)
                {
                    LanePart.Put(target + d, T.Load(source + d), dimension - d, accumulate: true);
                }
            }
        }

        private static void CopyRows<T>(int rows, int columns, float* source, nint stride, float* destination, nint padded)
            where T : struct, ILanes<T>
        {
            for (int row = 0; row < rows; row++, source += stride, destination += padded)
            {
                for (int d = 0; d < columns; d += ILanes<T>.Width)
                {
                    T.Store(destination + d, LanePart.Load<T>(source + d, columns - d));
                }
            }
        }

        private static float Dot<T>(int count, float* left, float* right)
            where T : struct, ILanes<T>
        {
            T sum = T.Zero;
            for (int d = 0; d < count; d += ILanes<T>.Width)
            {
                sum = T.MultiplyAdd(LanePart.Load<T>(left + d, count - d), LanePart.Load<T>(right + d, count - d), sum);
            }

            return T.Sum(sum);
        }

        /// <summary>Scratch memory of a worker, and the sixteen queries it is at.</summary>
        private struct Block
        {
            public int KeyHead;
            public int FirstRow;
            public int Count;

            /// <summary>Sums over the queries of the tree. [rows of the tree, padded dimension]</summary>
            public float* GradientKeys;
            public float* GradientValues;

            /// <summary>The queries and the gradients of their outputs, as lanes [dimension, 16] and as rows [16, padded dimension].</summary>
            public float* QueryLanes;
            public float* QueryRows;
            public float* OutputLanes;
            public float* OutputRows;
            public float* GradientQueries;

            /// <summary>A tile of probabilities and one of gradients of scores. [keys, 16]</summary>
            public float* Probabilities;
            public float* Scores;
        }

        /// <summary>What sixteen queries have each.</summary>
        private struct QueryLanes<T>
            where T : struct
        {
            public T Maximum;
            public T InverseSum;
            public T Dot;
        }
    }
}
