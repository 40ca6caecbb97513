using Proximal.Tensors.Memory;
using Proximal.Tensors.Random;

namespace Proximal.Tensors.Tests.Kernels;

/// <summary>A matrix outside the managed heap, with spare floats behind every row that a kernel must not touch.</summary>
internal sealed unsafe class FloatMatrix : IDisposable
{
    private const float Untouched = 123.25f;

    private readonly NativeBuffer buffer;

    public FloatMatrix(int rows, int columns, int spare = 3)
    {
        Rows = rows;
        Columns = columns;
        Stride = columns + spare;
        buffer = new NativeBuffer((long)Math.Max(1, rows) * Stride * sizeof(float));
        new Span<float>(Pointer, rows * Stride).Fill(Untouched);
    }

    public int Rows { get; }

    public int Columns { get; }

    public int Stride { get; }

    public float* Pointer => buffer.Floats;

    public ref float this[int row, int column] => ref Pointer[((long)row * Stride) + column];

    public static FloatMatrix Random(int rows, int columns, int seed, int spare = 3)
    {
        FloatMatrix matrix = new(rows, columns, spare);
        RandomStream stream = new((ulong)seed, RandomPurpose.User);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                matrix[row, column] = (float)stream.Normal(((long)row * columns) + column);
            }
        }

        return matrix;
    }

    public FloatMatrix Transposed()
    {
        FloatMatrix result = new(Columns, Rows, spare: 5);
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                result[column, row] = this[row, column];
            }
        }

        return result;
    }

    public FloatMatrix Copy()
    {
        FloatMatrix result = new(Rows, Columns, Stride - Columns);
        new Span<float>(Pointer, Rows * Stride).CopyTo(new Span<float>(result.Pointer, Rows * Stride));
        return result;
    }

    /// <summary>Asserts equal bits, and that the spare floats are as they were.</summary>
    public void AssertSameBits(FloatMatrix other)
    {
        Assert.Equal((Rows, Columns), (other.Rows, other.Columns));
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                int expected = BitConverter.SingleToInt32Bits(this[row, column]), actual = BitConverter.SingleToInt32Bits(other[row, column]);
                Assert.True(expected == actual, $"[{row}, {column}]: {this[row, column]:R} and {other[row, column]:R} differ in bits.");
            }

            for (int column = Columns; column < Stride; column++)
            {
                Assert.Equal(Untouched, this[row, column]);
            }
        }
    }

    public void Dispose() => buffer.Dispose();
}
