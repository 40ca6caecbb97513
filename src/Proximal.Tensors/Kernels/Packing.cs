using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Proximal.Tensors.Kernels;

/// <summary>Copies matrices into the order in which the micro kernels read them.</summary>
internal static unsafe class Packing
{
    // Columns that are transposed together: the lines they are written to stay in the first-level cache.
    private const int TransposeColumns = 64;

    /// <summary>Packs rows of A as [depth, rows].</summary>
    /// <param name="a">First element of the block.</param>
    /// <param name="lda">Floats from one row in memory to the next.</param>
    /// <param name="transposed">Whether memory holds [depth, rows] instead of [rows, depth].</param>
    /// <param name="rows">Rows of the tile.</param>
    /// <param name="depth">Inner dimension of the block.</param>
    /// <param name="packed">Receives depth * rows floats.</param>
    public static void Rows(float* a, int lda, bool transposed, int rows, int depth, float* packed)
    {
        if (transposed)
        {
            Copy(a, lda, depth, rows, packed, rows);
        }
        else
        {
            Transpose(a, lda, rows, depth, packed, rows);
        }
    }

    /// <summary>Packs up to a panel's width of columns of B as [depth, PanelColumns]; missing columns are zero.</summary>
    /// <param name="b">First element of the block.</param>
    /// <param name="ldb">Floats from one row in memory to the next.</param>
    /// <param name="transposed">Whether memory holds [columns, depth] instead of [depth, columns].</param>
    /// <param name="columns">Columns that exist.</param>
    /// <param name="depth">Inner dimension of the block.</param>
    /// <param name="panel">Receives depth * PanelColumns floats.</param>
    public static void Panel(float* b, int ldb, bool transposed, int columns, int depth, float* panel)
    {
        if (columns < PackedMatrix.PanelColumns)
        {
            NativeMemory.Clear(panel, (nuint)depth * PackedMatrix.PanelColumns * sizeof(float));
        }

        if (transposed)
        {
            Transpose(b, ldb, columns, depth, panel, PackedMatrix.PanelColumns);
        }
        else if (columns == PackedMatrix.PanelColumns)
        {
            CopyPanel(b, ldb, depth, panel);
        }
        else
        {
            Copy(b, ldb, depth, columns, panel, PackedMatrix.PanelColumns);
        }
    }

    private static void CopyPanel(float* source, nint sourceStride, int rows, float* panel)
    {
        for (int row = 0; row < rows; row++, source += sourceStride, panel += PackedMatrix.PanelColumns)
        {
            // Of constant size: becomes the widest moves of the processor.
            Unsafe.CopyBlockUnaligned(panel, source, PackedMatrix.PanelColumns * sizeof(float));
        }
    }

    private static void Copy(float* source, nint sourceStride, int rows, int columns, float* destination, nint destinationStride)
    {
        if (columns < Vector128<float>.Count)
        {
            for (int row = 0; row < rows; row++, source += sourceStride, destination += destinationStride)
            {
                for (int column = 0; column < columns; column++)
                {
                    destination[column] = source[column];
                }
            }

            return;
        }

        // The last vector of a row may overlap the one before: it writes the same values again.
        int last = columns - Vector128<float>.Count;
        if (last is > 4 and <= 8)
        {
            // Nine to twelve columns: the usual height of a tile of A.
            for (int row = 0; row < rows; row++, source += sourceStride, destination += destinationStride)
            {
                Vector128.Load(source).Store(destination);
                Vector128.Load(source + Vector128<float>.Count).Store(destination + Vector128<float>.Count);
                Vector128.Load(source + last).Store(destination + last);
            }

            return;
        }

        for (int row = 0; row < rows; row++, source += sourceStride, destination += destinationStride)
        {
            for (int column = 0; column < last; column += Vector128<float>.Count)
            {
                Vector128.Load(source + column).Store(destination + column);
            }

            Vector128.Load(source + last).Store(destination + last);
        }
    }

    // destination[column, row] = source[row, column] by blocks of four by four; the last blocks may overlap those before.
    private static void Transpose(float* source, nint sourceStride, int rows, int columns, float* destination, nint destinationStride)
    {
        if (rows < 4 || columns < 4)
        {
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    destination[(column * destinationStride) + row] = source[(row * sourceStride) + column];
                }
            }

            return;
        }

        for (int start = 0; start < columns; start += TransposeColumns)
        {
            int end = Math.Min(start + TransposeColumns, columns);
            int blocks = (end - start) / 4;
            for (int row = 0; row < rows; row += 4)
            {
                int first = Math.Min(row, rows - 4);
                float* from = source + (first * sourceStride), to = destination + first;
                float* block = from + start, target = to + (start * destinationStride);
                for (int i = 0; i < blocks; i++, block += 4, target += 4 * destinationStride)
                {
                    TransposeBlock(block, sourceStride, target, destinationStride);
                }

                if ((end - start) % 4 != 0)
                {
                    TransposeBlock(from + columns - 4, sourceStride, to + ((columns - 4) * destinationStride), destinationStride);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeBlock(float* source, nint sourceStride, float* destination, nint destinationStride)
    {
        Vector128<float> a = Vector128.Load(source);
        Vector128<float> b = Vector128.Load(source + sourceStride);
        Vector128<float> c = Vector128.Load(source + (2 * sourceStride));
        Vector128<float> d = Vector128.Load(source + (3 * sourceStride));

        // a0 c0 a1 c1, b0 d0 b1 d1, ...: interleaving twice transposes.
        Vector128<float> acLow = InterleaveLow(a, c), acHigh = InterleaveHigh(a, c);
        Vector128<float> bdLow = InterleaveLow(b, d), bdHigh = InterleaveHigh(b, d);
        InterleaveLow(acLow, bdLow).Store(destination);
        InterleaveHigh(acLow, bdLow).Store(destination + destinationStride);
        InterleaveLow(acHigh, bdHigh).Store(destination + (2 * destinationStride));
        InterleaveHigh(acHigh, bdHigh).Store(destination + (3 * destinationStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveLow(Vector128<float> left, Vector128<float> right) =>
        Sse.IsSupported ? Sse.UnpackLow(left, right) :
        AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(left, right) :
        Vector128.Create(left[0], right[0], left[1], right[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveHigh(Vector128<float> left, Vector128<float> right) =>
        Sse.IsSupported ? Sse.UnpackHigh(left, right) :
        AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(left, right) :
        Vector128.Create(left[2], right[2], left[3], right[3]);
}
