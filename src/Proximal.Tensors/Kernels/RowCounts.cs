namespace Proximal.Tensors.Kernels;

/// <summary>The row counts of the tiles.</summary>
internal static class RowCounts
{
    public readonly struct One : IRowCount
    {
        public static int Count => 1;
    }

    public readonly struct Two : IRowCount
    {
        public static int Count => 2;
    }

    public readonly struct Three : IRowCount
    {
        public static int Count => 3;
    }

    public readonly struct Four : IRowCount
    {
        public static int Count => 4;
    }

    public readonly struct Five : IRowCount
    {
        public static int Count => 5;
    }

    public readonly struct Six : IRowCount
    {
        public static int Count => 6;
    }

    public readonly struct Seven : IRowCount
    {
        public static int Count => 7;
    }

    public readonly struct Eight : IRowCount
    {
        public static int Count => 8;
    }

    public readonly struct Nine : IRowCount
    {
        public static int Count => 9;
    }

    public readonly struct Ten : IRowCount
    {
        public static int Count => 10;
    }

    public readonly struct Eleven : IRowCount
    {
        public static int Count => 11;
    }

    public readonly struct Twelve : IRowCount
    {
        public static int Count => 12;
    }
}
