using Proximal.Tensors.Kernels;
using Proximal.Tensors.Operations;

namespace Proximal.Tensors;

/// <summary>Pooling over windows of each channel. The stride is the size of the window unless given; the padding is at most half of it.</summary>
public static unsafe class PoolingOperations
{
    /// <summary>The largest element under the window; the border never wins, and the gradient goes to the first of equal elements.</summary>
    /// <param name="x">Sequences [batch, channels, length].</param>
    /// <param name="size">Size of the window.</param>
    /// <param name="stride">Its step; its size when null.</param>
    /// <param name="padding">Border on both sides.</param>
    /// <exception cref="ArgumentException">Shape or settings do not fit.</exception>
    public static Tensor MaxPool1d(this Tensor x, int size, int? stride = null, int padding = 0) =>
        MaxPool(AsImages(x), (1, size), (1, stride ?? size), (0, padding)).Squeeze(2);

    /// <summary>The same over two axes.</summary>
    /// <param name="x">Images [batch, channels, height, width].</param>
    /// <param name="size">Size of the window along both axes.</param>
    /// <param name="stride">Its step; its size when null.</param>
    /// <param name="padding">Border on all sides.</param>
    /// <exception cref="ArgumentException">Shape or settings do not fit.</exception>
    public static Tensor MaxPool2d(this Tensor x, int size, int? stride = null, int padding = 0) =>
        MaxPool(x, (size, size), (stride ?? size, stride ?? size), (padding, padding));

    /// <summary>The mean under the window; the border counts as zeros.</summary>
    /// <param name="x">Sequences [batch, channels, length].</param>
    /// <param name="size">Size of the window.</param>
    /// <param name="stride">Its step; its size when null.</param>
    /// <param name="padding">Border on both sides.</param>
    /// <exception cref="ArgumentException">Shape or settings do not fit.</exception>
    public static Tensor MeanPool1d(this Tensor x, int size, int? stride = null, int padding = 0) =>
        MeanPool(AsImages(x), (1, size), (1, stride ?? size), (0, padding)).Squeeze(2);

    /// <summary>The same over two axes.</summary>
    /// <param name="x">Images [batch, channels, height, width].</param>
    /// <param name="size">Size of the window along both axes.</param>
    /// <param name="stride">Its step; its size when null.</param>
    /// <param name="padding">Border on all sides.</param>
    /// <exception cref="ArgumentException">Shape or settings do not fit.</exception>
    public static Tensor MeanPool2d(this Tensor x, int size, int? stride = null, int padding = 0) =>
        MeanPool(x, (size, size), (stride ?? size, stride ?? size), (padding, padding));

    private static Tensor AsImages(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Shape.Rank == 3
            ? x.Unsqueeze(2)
            : throw new ArgumentException($"Pooling takes [batch, channels, length], not {x.Shape}.", nameof(x));
    }

    private static Tensor MaxPool(Tensor x, (int Height, int Width) size, (int, int) stride, (int Height, int Width) padding)
    {
        Window window = WindowOver(x, size, stride, padding);
        Tape tape = Tape.Of(x);
        int planes = x.Shape[0] * x.Shape[1], places = window.OutputHeight * window.OutputWidth;
        Tensor output = tape.NewTensor(new Shape(x.Shape[0], x.Shape[1], window.OutputHeight, window.OutputWidth), tape.Records(x));
        int* indices = tape.RentIntegers((long)planes * places);
        tape.Backend.MaxPool(in window, planes, x.Pointer, output.Pointer, indices);
        if (output.RequiresGradient)
        {
            ref Node node = ref tape.Record(GatherOperation.Instance, output, x);
            node.Indices = indices;
            node.I0 = planes;
            node.I1 = window.Height * window.Width;
            node.I2 = places;
            node.I3 = 1;
        }

        return output;
    }

    private static Tensor MeanPool(Tensor x, (int Height, int Width) size, (int, int) stride, (int Height, int Width) padding)
    {
        Window window = WindowOver(x, size, stride, padding);
        Tape tape = Tape.Of(x);
        Tensor output = tape.NewTensor(new Shape(x.Shape[0], x.Shape[1], window.OutputHeight, window.OutputWidth), tape.Records(x));
        tape.Backend.MeanPool(in window, x.Shape[0] * x.Shape[1], x.Pointer, output.Pointer);
        if (output.RequiresGradient)
        {
            ref Node node = ref tape.Record(MeanPoolOperation.Instance, output, x);
            node.I0 = Window.Pack(size);
            node.I1 = Window.Pack(stride);
            node.I2 = Window.Pack(padding);
        }

        return output;
    }

    private static Window WindowOver(Tensor x, (int Height, int Width) size, (int, int) stride, (int Height, int Width) padding)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Rank != 4)
        {
            throw new ArgumentException($"Pooling takes [batch, channels, height, width], not {x.Shape}.", nameof(x));
        }

        // A window wholly on the border would have no largest element.
        if (2 * padding.Height > size.Height || 2 * padding.Width > size.Width)
        {
            throw new ArgumentException($"The padding {padding} exceeds half of the window {size}.", nameof(padding));
        }

        return new Window(x.Shape[2], x.Shape[3], size, stride, padding, (1, 1));
    }
}
