using System.Runtime.CompilerServices;

namespace Proximal.Tensors.Kernels;

/// <summary>
/// Matrix products by blocks that fit the caches (Goto and van de Geijn 2008): a block of A is packed once and stays in the second level, a slice
/// of a panel of B in the first. Blocks along the inner dimension continue the chains that the blocks before left in C.
/// </summary>
internal static unsafe class Gemm<TVector, TRegisters>
    where TVector : struct
    where TRegisters : struct, IRegisters<TVector>
{
    private const int DepthBlock = 384;
    private const int RowBlock = 192;

    public static void Rows(LeftMatrix a, int start, int end, ReadOnlySpan<PackedProduct> products)
    {
        int depth = products[0].Depth;
        if (end - start == 1 && !a.Transposed)
        {
            Multiply(a.From(start, 0).Data, start, 1, 0, depth, products);
            return;
        }

        int blocks = (end - start + RowBlock - 1) / RowBlock;
        for (int block = 0; block < blocks; block++)
        {
            int first = start + (int)((long)block * (end - start) / blocks);
            int rows = start + (int)((block + 1L) * (end - start) / blocks) - first;
            int step = DepthStep(rows, depth);
            float* packed = Scratch.LeftBlock((long)rows * step);
            for (int k = 0; k < depth; k += step)
            {
                int length = Math.Min(step, depth - k);
                PackBlock(a.From(first, k), rows, length, packed);
                Multiply(packed, first, rows, k, length, products);
            }
        }
    }

    public static void PackLeft(LeftMatrix a, int rows, int depth, float* packed)
    {
        int step = DepthStep(rows, depth);
        for (int k = 0; k < depth; k += step)
        {
            PackBlock(a.From(0, k), rows, Math.Min(step, depth - k), packed + ((nint)k * rows));
        }
    }

    public static void Panels(float* packed, int rows, int start, int end, ReadOnlySpan<PackedProduct> products)
    {
        int before = 0;
        foreach (ref readonly PackedProduct product in products)
        {
            int panels = PackedMatrix.PanelCount(product.Columns);
            int first = Math.Max(start - before, 0), last = Math.Min(end - before, panels);
            before += panels;
            int step = DepthStep(rows, product.Depth);
            for (int k = 0; k < product.Depth && first < last; k += step)
            {
                Multiply(packed + ((nint)k * rows), 0, rows, k, Math.Min(step, product.Depth - k), first, last, in product);
            }
        }
    }

    // A single tile keeps its chains in registers from end to end; more of them share slices of B, which must then stay in the cache.
    private static int DepthStep(int rows, int depth) => rows <= TRegisters.MaximumRows ? Math.Max(depth, 1) : DepthBlock;

    // Tiles of nearly equal height instead of full ones and a low rest. Tile after tile, each [depth, rows of the tile].
    private static void PackBlock(LeftMatrix a, int rows, int depth, float* packed)
    {
        int tiles = TileCount(rows);
        for (int tile = 0; tile < tiles; tile++)
        {
            int first = TileStart(tile, tiles, rows);
            int height = TileStart(tile + 1, tiles, rows) - first;
            Packing.Rows(a.From(first, 0).Data, a.Stride, a.Transposed, height, depth, packed + ((nint)first * depth));
        }
    }

    private static int TileCount(int rows) => (rows + TRegisters.MaximumRows - 1) / TRegisters.MaximumRows;

    private static int TileStart(int tile, int tiles, int rows) => (int)((long)tile * rows / tiles);

    private static void Multiply(float* packed, int row, int rows, int k, int length, ReadOnlySpan<PackedProduct> products)
    {
        foreach (ref readonly PackedProduct product in products)
        {
            Multiply(packed, row, rows, k, length, 0, PackedMatrix.PanelCount(product.Columns), in product);
        }
    }

    // Packed rows of A, inner dimension k to k + length, against a range of panels.
    private static void Multiply(float* packed, int row, int rows, int k, int length, int firstPanel, int lastPanel, in PackedProduct product)
    {
        int startStride = k > 0 ? product.Ldc : product.StartStride;
        float* start = k > 0 ? product.C : product.Start;
        int end = (int)Math.Min((long)lastPanel * PackedMatrix.PanelColumns, product.Columns);
        int column = firstPanel * PackedMatrix.PanelColumns;
        float* c = product.C + ((nint)row * product.Ldc);
        start = Offset(start, (nint)row * startStride);
        int sweep = MicroKernel<TVector, TRegisters>.SweepColumns, width = MicroKernel<TVector, TRegisters>.TileColumns;
        if (rows == 1)
        {
            for (; column <= end - sweep; column += sweep)
            {
                float* panel = Panel(in product, column, k);
                nint panelStride = (nint)product.Depth * PackedMatrix.PanelColumns;
                MicroKernel<TVector, TRegisters>.Sweep(length, packed, panel, panelStride, Offset(start, column), c + column);
            }
        }

        int tiles = TileCount(rows);
        for (; column < end; column += width)
        {
            float* b = Panel(in product, column, k);
            for (int tile = 0; tile < tiles; tile++)
            {
                int first = TileStart(tile, tiles, rows);
                int height = TileStart(tile + 1, tiles, rows) - first;
                float* a = packed + ((nint)first * length);
                float* target = c + ((nint)first * product.Ldc) + column;
                float* from = Offset(start, ((nint)first * startStride) + column);
                if (column + width <= product.Columns)
                {
                    PrefetchTile(tile + 1 < tiles ? target + ((nint)height * product.Ldc) : c + column + width, product.Ldc);
                    MicroKernel<TVector, TRegisters>.Tile(height, length, a, b, PackedMatrix.PanelColumns, from, startStride, target, product.Ldc);
                }
                else
                {
                    Edge(height, length, a, b, from, startStride, target, product.Ldc, product.Columns - column);
                }
            }
        }
    }

    // The lines of C that the next tile starts from or writes: their rows are often pages apart, which no hardware prefetcher sees.
    private static void PrefetchTile(float* c, nint ldc)
    {
        for (int row = 0; row < TRegisters.MaximumRows; row++, c += ldc)
        {
            TRegisters.Prefetch(c);
            TRegisters.Prefetch(c + TRegisters.Count);
        }
    }

    private static float* Offset(float* start, nint offset) => start == null ? null : start + offset;

    private static float* Panel(in PackedProduct product, int column, int k)
    {
        int within = column % PackedMatrix.PanelColumns;
        return product.Panels + ((nint)(column - within) * product.Depth) + ((nint)k * PackedMatrix.PanelColumns) + within;
    }

    // A tile that C holds only the first columns of: computed at full width aside, so that the columns round as all others do.
    [SkipLocalsInit]
    private static void Edge(int rows, int depth, float* a, float* b, float* start, nint startStride, float* c, nint ldc, int columns)
    {
        int width = MicroKernel<TVector, TRegisters>.TileColumns;
        float* tile = stackalloc float[rows * width];
        if (start != null)
        {
            for (int row = 0; row < rows; row++)
            {
                Span<float> line = new(tile + (row * width), width);
                new Span<float>(start + (row * startStride), columns).CopyTo(line);
                line[columns..].Clear();
            }
        }

        MicroKernel<TVector, TRegisters>.Tile(rows, depth, a, b, PackedMatrix.PanelColumns, start == null ? null : tile, width, tile, width);
        for (int row = 0; row < rows; row++)
        {
            new Span<float>(tile + (row * width), columns).CopyTo(new Span<float>(c + (row * ldc), columns));
        }
    }
}
