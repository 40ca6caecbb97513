using Proximal.Tensors.Operations;

namespace Proximal.Tensors;

public static unsafe partial class FusedOperations
{
    /// <summary>
    /// Rotary position embedding (Su et al. 2021) in the layout of Llama checkpoints: dimension i of a head pairs with i + headDimension / 2.
    /// </summary>
    /// <param name="x">Queries or keys. [rows, heads · headDimension]</param>
    /// <param name="table">Cosines and sines.</param>
    /// <param name="positions">Position of each row. [rows]</param>
    /// <exception cref="ArgumentException">The rows are no whole number of heads, or other positions than rows are given.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position is not in the table.</exception>
    public static Tensor Rotary(this Tensor x, RotaryTable table, ReadOnlySpan<int> positions)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(table);
        if (x.Shape.Rank != 2 || x.Shape[1] % table.HeadDimension != 0)
        {
            throw new ArgumentException($"Shape {x.Shape} is not [rows, heads * {table.HeadDimension}].", nameof(x));
        }

        if (positions.Length != x.Shape[0])
        {
            throw new ArgumentException($"{x.Shape[0]} rows take as many positions, not {positions.Length}.", nameof(positions));
        }

        Tape tape = Tape.Of(x);
        bool records = tape.Records(x);
        int rows = x.Shape[0], heads = x.Shape[1] / table.HeadDimension;
        int* copy = tape.CopyIndices(positions, table.Positions, nameof(positions));
        Tensor y = tape.NewTensor(x.Shape, records);
        tape.Backend.Rotate(table, rows, heads, copy, x.Pointer, y.Pointer, inverse: false, accumulate: false);
        if (records)
        {
            ref Node node = ref tape.Record(RotaryOperation.Instance, y, x);
            node.I0 = heads;
            node.Indices = copy;
            node.State = table;
        }

        return y;
    }
}
