using System.Runtime.InteropServices;

namespace Proximal.Tensors.Kernels;

internal sealed unsafe partial class CpuBackend
{
    /// <summary>Images whose shares of the gradient of the weights are summed before those of other images; fixed, so that threads change nothing.</summary>
    public const int ImagesPerShare = 8;

    /// <summary>y = w * x, each image as a matrix product with its windows laid out as columns.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="x">Images.</param>
    /// <param name="w">Weights.</param>
    /// <param name="y">Results [batch, outputs, places].</param>
    /// <param name="columns">Scratch memory [workers, depth, places].</param>
    public void Convolve(in Convolution shape, float* x, float* w, float* y, float* columns)
    {
        ConvolveWork job = new() { Backend = this, Shape = shape, X = x, W = w, Y = y, Columns = columns };
        Workers.For(shape.Batch, 1, ref job);
    }

    /// <summary>dx += the gradient with respect to the images. Scratch memory as in <see cref="Convolve"/>.</summary>
    public void ConvolveImageGradient(in Convolution shape, float* dy, float* w, float* dx, float* columns)
    {
        ConvolveImageGradientWork job = new() { Backend = this, Shape = shape, Dy = dy, W = w, Dx = dx, Columns = columns };
        Workers.For(shape.Batch, 1, ref job);
    }

    /// <summary>Shares of the gradient of the weights, one for each <see cref="ImagesPerShare"/> images. Scratch memory as in <see cref="Convolve"/>.</summary>
    public void ConvolveWeightGradient(in Convolution shape, float* x, float* dy, float* shares, float* columns)
    {
        ConvolveWeightGradientWork job = new() { Backend = this, Shape = shape, X = x, Dy = dy, Shares = shares, Columns = columns };
        Workers.For((shape.Batch + ImagesPerShare - 1) / ImagesPerShare, 1, ref job);
    }

    /// <summary>y[.., channel, places] += bias[channel].</summary>
    public void AddChannelBias(float* y, float* bias, int batch, int channels, int places)
    {
        for (int row = 0; row < batch * channels; row++)
        {
            float value = bias[row % channels];
            Unary<UnaryKernels.AddConstant>(y + ((long)row * places), y + ((long)row * places), places, value, 0);
        }
    }

    /// <summary>columns [depth, places] = the elements under the window at every place.</summary>
    private static void LayOutWindows(in Convolution shape, float* image, float* columns)
    {
        Window window = shape.Window;
        for (int channel = 0; channel < shape.GroupInputs; channel++, image += shape.Plane)
        {
            for (int ky = 0; ky < window.Size.Height; ky++)
            {
                (int firstRow, int endRow) = Window.Inside(window.Height, window.OutputHeight, window.Stride.Height, window.Padding.Height, ky * window.Dilation.Height);
                for (int kx = 0; kx < window.Size.Width; kx++, columns += shape.Places)
                {
                    int offset = kx * window.Dilation.Width;
                    (int first, int end) = Window.Inside(window.Width, window.OutputWidth, window.Stride.Width, window.Padding.Width, offset);
                    for (int row = 0; row < window.OutputHeight; row++)
                    {
                        float* to = columns + (row * window.OutputWidth);
                        if (row < firstRow || row >= endRow)
                        {
                            NativeMemory.Clear(to, (nuint)window.OutputWidth * sizeof(float));
                            continue;
                        }

                        int y = (row * window.Stride.Height) - window.Padding.Height + (ky * window.Dilation.Height);
                        float* from = image + ((long)y * window.Width) - window.Padding.Width + offset;
                        new Span<float>(to, first).Clear();
                        new Span<float>(to + end, window.OutputWidth - end).Clear();
                        if (window.Stride.Width == 1)
                        {
                            NativeMemory.Copy(from + first, to + first, (nuint)(end - first) * sizeof(float));
                            continue;
                        }

                        for (int column = first; column < end; column++)
                        {
                            to[column] = from[column * window.Stride.Width];
                        }
                    }
                }
            }
        }
    }

    /// <summary>image += the columns, each element where it came from.</summary>
    private static void AddWindows(in Convolution shape, float* columns, float* image)
    {
        Window window = shape.Window;
        for (int channel = 0; channel < shape.GroupInputs; channel++, image += shape.Plane)
        {
            for (int ky = 0; ky < window.Size.Height; ky++)
            {
                (int firstRow, int endRow) = Window.Inside(window.Height, window.OutputHeight, window.Stride.Height, window.Padding.Height, ky * window.Dilation.Height);
                for (int kx = 0; kx < window.Size.Width; kx++, columns += shape.Places)
                {
                    int offset = kx * window.Dilation.Width;
                    (int first, int end) = Window.Inside(window.Width, window.OutputWidth, window.Stride.Width, window.Padding.Width, offset);
                    for (int row = firstRow; row < endRow; row++)
                    {
                        int y = (row * window.Stride.Height) - window.Padding.Height + (ky * window.Dilation.Height);
                        float* from = columns + (row * window.OutputWidth);
                        float* to = image + ((long)y * window.Width) - window.Padding.Width + offset;
                        if (window.Stride.Width == 1)
                        {
                            AddRow(from + first, to + first, end - first);
                            continue;
                        }

                        for (int column = first; column < end; column++)
                        {
                            to[column * window.Stride.Width] += from[column];
                        }
                    }
                }
            }
        }
    }

    private struct ConvolveWork : IRangeWork
    {
        public CpuBackend Backend;
        public Convolution Shape;
        public float* X;
        public float* W;
        public float* Y;
        public float* Columns;

        public readonly void Run(int start, int end, int worker)
        {
            int depth = Shape.Depth, places = Shape.Places, outputs = Shape.GroupOutputs;
            float* columns = Columns + ((long)worker * depth * places);
            for (int image = start; image < end; image++)
            {
                for (int group = 0; group < Shape.Groups; group++)
                {
                    LayOutWindows(in Shape, X + (image * Shape.ImageStep) + ((long)group * Shape.GroupInputs * Shape.Plane), columns);
                    float* y = Y + (image * Shape.OutputStep) + ((long)group * outputs * places);
                    float* w = W + ((long)group * outputs * depth);
                    Backend.MatMul(outputs, places, depth, w, depth, false, columns, places, false, y, places, accumulate: false);
                }
            }
        }
    }

    private struct ConvolveImageGradientWork : IRangeWork
    {
        public CpuBackend Backend;
        public Convolution Shape;
        public float* Dy;
        public float* W;
        public float* Dx;
        public float* Columns;

        public readonly void Run(int start, int end, int worker)
        {
            int depth = Shape.Depth, places = Shape.Places, outputs = Shape.GroupOutputs;
            float* columns = Columns + ((long)worker * depth * places);
            for (int image = start; image < end; image++)
            {
                for (int group = 0; group < Shape.Groups; group++)
                {
                    float* dy = Dy + (image * Shape.OutputStep) + ((long)group * outputs * places);
                    float* w = W + ((long)group * outputs * depth);
                    Backend.MatMul(depth, places, outputs, w, depth, true, dy, places, false, columns, places, accumulate: false);
                    AddWindows(in Shape, columns, Dx + (image * Shape.ImageStep) + ((long)group * Shape.GroupInputs * Shape.Plane));
                }
            }
        }
    }

    private struct ConvolveWeightGradientWork : IRangeWork
    {
        public CpuBackend Backend;
        public Convolution Shape;
        public float* X;
        public float* Dy;
        public float* Shares;
        public float* Columns;

        public readonly void Run(int start, int end, int worker)
        {
            int depth = Shape.Depth, places = Shape.Places, outputs = Shape.GroupOutputs;
            float* columns = Columns + ((long)worker * depth * places);
            for (int share = start; share < end; share++)
            {
                int first = share * ImagesPerShare, last = Math.Min(Shape.Batch, first + ImagesPerShare);
                for (int image = first; image < last; image++)
                {
                    for (int group = 0; group < Shape.Groups; group++)
                    {
                        LayOutWindows(in Shape, X + (image * Shape.ImageStep) + ((long)group * Shape.GroupInputs * Shape.Plane), columns);
                        float* dy = Dy + (image * Shape.OutputStep) + ((long)group * outputs * places);
                        float* dw = Shares + ((long)share * Shape.WeightLength) + ((long)group * outputs * depth);
                        Backend.MatMul(outputs, depth, places, dy, places, false, columns, places, true, dw, depth, accumulate: image > first);
                    }
                }
            }
        }
    }
}
