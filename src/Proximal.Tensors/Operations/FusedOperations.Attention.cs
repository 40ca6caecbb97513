using Proximal.Tensors.Kernels;
using Proximal.Tensors.Operations;
using Proximal.Tensors.Segments;

namespace Proximal.Tensors;

public static unsafe partial class FusedOperations
{
    /// <summary>
    /// Attention over packed token trees (Vaswani et al. 2017; grouped queries: Ainslie et al. 2023): every row attends to the rows of the ancestors of
    /// its segment and to those of its segment up to itself, <c>softmax(q·kᵀ / sqrt(headDimension))·v</c>. A row's output has the same bits whatever else
    /// is packed with it.
    /// </summary>
    /// <param name="queries">[rows, heads · headDimension]</param>
    /// <param name="keys">[rows, keyHeads · headDimension]</param>
    /// <param name="values">[rows, keyHeads · headDimension]</param>
    /// <param name="layout">Which rows belong to which segment; may change after the call.</param>
    /// <param name="heads">Heads of queries, a multiple of <paramref name="keyHeads"/>: consecutive ones share keys.</param>
    /// <param name="keyHeads">Heads of keys and values.</param>
    /// <returns>[rows, heads · headDimension]</returns>
    /// <exception cref="ArgumentException">Sizes do not fit together.</exception>
    public static Tensor Attention(this Tensor queries, Tensor keys, Tensor values, SegmentLayout layout, int heads, int keyHeads)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heads);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(keyHeads);
        if (heads % keyHeads != 0)
        {
            throw new ArgumentException($"{heads} heads of queries are no multiple of {keyHeads} heads of keys.", nameof(heads));
        }

        if (queries.Shape.Rank != 2 || queries.Shape[0] != layout.Rows || queries.Shape[1] % heads != 0 || queries.Shape[1] == 0)
        {
            throw new ArgumentException($"Queries of shape {queries.Shape} are not [{layout.Rows}, {heads} * headDimension].", nameof(queries));
        }

        AttentionHeads sizes = new(heads, keyHeads, queries.Shape[1] / heads);
        Shape expected = new(layout.Rows, sizes.KeyStride);
        if (keys.Shape != expected || values.Shape != expected)
        {
            throw new ArgumentException($"Keys of shape {keys.Shape} and values of shape {values.Shape} are not {expected}.", nameof(keys));
        }

        Tape tape = Tape.Of(queries, keys, values);
        bool records = tape.Records(queries, keys, values);
        int* memory = tape.RentIntegers(AttentionTrees.Length32(layout.Count));
        AttentionTrees trees = AttentionTrees.Copy(layout, memory);
        Tensor output = tape.NewTensor(queries.Shape, records);
        float* maxima = records ? tape.RentFloats((long)heads * layout.Rows) : null;
        float* sums = records ? tape.RentFloats((long)heads * layout.Rows) : null;
        tape.Backend.Attend(in trees, sizes, queries.Pointer, keys.Pointer, values.Pointer, output.Pointer, maxima, sums);
        if (records)
        {
            ref Node node = ref tape.Record(AttentionOperation.Instance, output, queries, keys, values);
            node.I0 = heads;
            node.I1 = keyHeads;
            node.I2 = layout.Count;
            node.Indices = memory;
            node.Saved = maxima;
            node.Saved2 = sums;
        }

        return output;
    }
}
