using Proximal.Tensors.Operations;

namespace Proximal.Tensors;

public static unsafe partial class FusedOperations
{
    /// <summary>Rows of a table, one for each index.</summary>
    /// <param name="tape">The tape that holds the result.</param>
    /// <param name="table">The embeddings. [vocabulary, columns]</param>
    /// <param name="indices">Which row comes where. [rows]</param>
    /// <returns>[rows, columns]</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index is not a row of the table.</exception>
    public static Tensor Embedding(this Tape tape, Tensor table, ReadOnlySpan<int> indices)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(table);
        if (table.Shape.Rank != 2)
        {
            throw new ArgumentException($"A table of embeddings has two axes, not shape {table.Shape}.", nameof(table));
        }

        bool records = tape.Records(table);
        int columns = table.Shape[1];
        int* copy = tape.CopyIndices(indices, table.Shape[0], nameof(indices));
        Tensor y = tape.NewTensor(new Shape(indices.Length, columns), records);
        tape.Backend.GatherRows(indices.Length, columns, table.Pointer, copy, y.Pointer);
        if (records)
        {
            tape.Record(EmbeddingOperation.Instance, y, table).Indices = copy;
        }

        return y;
    }
}
