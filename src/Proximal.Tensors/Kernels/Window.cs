namespace Proximal.Tensors.Kernels;

/// <summary>How a window slides over planes [height, width]: its size, steps, border and spacing, and how many places it takes.</summary>
internal readonly struct Window
{
    // Two settings of a window share one integer of a node.
    private const int LargestSetting = short.MaxValue;

    public Window(int height, int width, (int Height, int Width) size, (int Height, int Width) stride, (int Height, int Width) padding, (int Height, int Width) dilation)
    {
        CheckSetting(size.Height, 1, "window");
        CheckSetting(size.Width, 1, "window");
        CheckSetting(stride.Height, 1, nameof(stride));
        CheckSetting(stride.Width, 1, nameof(stride));
        CheckSetting(padding.Height, 0, nameof(padding));
        CheckSetting(padding.Width, 0, nameof(padding));
        CheckSetting(dilation.Height, 1, nameof(dilation));
        CheckSetting(dilation.Width, 1, nameof(dilation));
        Height = height;
        Width = width;
        Size = size;
        Stride = stride;
        Padding = padding;
        Dilation = dilation;
        OutputHeight = Places(height, size.Height, stride.Height, padding.Height, dilation.Height);
        OutputWidth = Places(width, size.Width, stride.Width, padding.Width, dilation.Width);
    }

    public int Height { get; }

    public int Width { get; }

    public (int Height, int Width) Size { get; }

    public (int Height, int Width) Stride { get; }

    public (int Height, int Width) Padding { get; }

    public (int Height, int Width) Dilation { get; }

    public int OutputHeight { get; }

    public int OutputWidth { get; }

    public static int Pack((int Height, int Width) pair) => (pair.Height << 16) | pair.Width;

    public static (int Height, int Width) Unpack(int packed) => (packed >> 16, packed & 0xFFFF);

    /// <summary>The first place whose element at an offset within the window lies inside an axis, and one past the last.</summary>
    public static (int Start, int End) Inside(int length, int places, int stride, int padding, int offset)
    {
        int start = offset >= padding ? 0 : (padding - offset + stride - 1) / stride;
        int last = length - 1 + padding - offset;
        int end = last < 0 ? 0 : Math.Min(places, (last / stride) + 1);
        return (Math.Min(start, end), end);
    }

    private static int Places(int length, int size, int stride, int padding, int dilation)
    {
        int span = length + (2 * padding) - (dilation * (size - 1)) - 1;
        return span >= 0
            ? (span / stride) + 1
            : throw new ArgumentException($"A window of {size} with dilation {dilation} does not fit an axis of {length} with padding {padding}.");
    }

    private static void CheckSetting(int value, int low, string name)
    {
        if (value < low || value > LargestSetting)
        {
            throw new ArgumentOutOfRangeException(name, value, $"The {name} must be in {low}..{LargestSetting}.");
        }
    }
}
