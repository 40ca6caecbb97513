using Proximal.Tensors.Memory;

namespace Proximal.Tensors.Kernels;

/// <summary>
/// A right factor B [depth, columns] in the order in which the kernels read it: panels of <see cref="PanelColumns"/> columns, each
/// [depth, PanelColumns], the last one padded with zeros.
/// </summary>
internal sealed unsafe class PackedMatrix : IDisposable
{
    /// <summary>Columns of a panel: two vectors of 512 bits.</summary>
    public const int PanelColumns = 32;

    // Floats that are worth handing to another thread.
    private const int SmallestShare = 1 << 16;

    private readonly NativeBuffer buffer;

    /// <summary>Creates a matrix of zeros.</summary>
    /// <param name="depth">Rows of B: the inner dimension of products.</param>
    /// <param name="columns">Columns of B.</param>
    public PackedMatrix(int depth, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(depth);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Depth = depth;
        Columns = columns;
        buffer = new NativeBuffer((long)PanelCount(columns) * depth * PanelColumns * sizeof(float));
    }

    /// <summary>Rows of B: the inner dimension of products.</summary>
    public int Depth { get; }

    /// <summary>Columns of B.</summary>
    public int Columns { get; }

    public float* Panels => buffer.Floats;

    public static int PanelCount(int columns) => (int)(((long)columns + PanelColumns - 1) / PanelColumns);

    /// <summary>Packs B anew in the same memory.</summary>
    /// <param name="workers">Threads that share the panels.</param>
    /// <param name="b">First element of B.</param>
    /// <param name="ldb">Floats from one row in memory to the next.</param>
    /// <param name="transposed">Whether memory holds [columns, depth] (a linear layer's weight) instead of [depth, columns].</param>
    public void Pack(Workers workers, float* b, int ldb, bool transposed) =>
        PackPanels(workers, b, ldb, transposed, Depth, Columns, Panels);

    public void Dispose() => buffer.Dispose();

    /// <summary>Packs a block of B into panels at <paramref name="panels"/>.</summary>
    /// <remarks>Without workers the calling thread does it alone.</remarks>
    internal static void PackPanels(Workers? workers, float* b, int ldb, bool transposed, int depth, int columns, float* panels)
    {
        PackPanelsWork work = new() { B = b, Ldb = ldb, Transposed = transposed, Depth = depth, Columns = columns, Panels = panels };
        int count = PanelCount(columns);
        if (workers is null)
        {
            work.Run(0, count, 0);
        }
        else
        {
            workers.For(count, Math.Clamp(SmallestShare / PanelColumns / Math.Max(1, depth), 1, count + 1), ref work);
        }
    }

    private struct PackPanelsWork : IRangeWork
    {
        public float* B;
        public int Ldb;
        public bool Transposed;
        public int Depth;
        public int Columns;
        public float* Panels;

        public readonly void Run(int start, int end, int worker)
        {
            for (int panel = start; panel < end; panel++)
            {
                nint column = (nint)panel * PanelColumns;
                float* source = B + (Transposed ? column * Ldb : column);
                Packing.Panel(source, Ldb, Transposed, (int)Math.Min(PanelColumns, Columns - column), Depth, Panels + (column * Depth));
            }
        }
    }
}
