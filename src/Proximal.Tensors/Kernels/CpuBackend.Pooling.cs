namespace Proximal.Tensors.Kernels;

internal sealed unsafe partial class CpuBackend
{
    /// <summary>The largest element under the window at every place of each plane, and where it was; the first of equal ones.</summary>
    public void MaxPool(in Window window, int planes, float* x, float* y, int* indices)
    {
        MaxPoolWork job = new() { Window = window, X = x, Y = y, Indices = indices };
        Workers.For(planes, ItemsPerRange((long)window.Height * window.Width), ref job);
    }

    /// <summary>The mean under the window at every place of each plane; the border counts as zeros.</summary>
    public void MeanPool(in Window window, int planes, float* x, float* y)
    {
        MeanPoolWork job = new() { Window = window, X = x, Y = y };
        Workers.For(planes, ItemsPerRange((long)window.Height * window.Width), ref job);
    }

    /// <summary>dx += the gradient of <see cref="MeanPool"/>.</summary>
    public void MeanPoolGradient(in Window window, int planes, float* dy, float* dx)
    {
        MeanPoolWork job = new() { Window = window, X = dx, Y = dy, Backward = true };
        Workers.For(planes, ItemsPerRange((long)window.Height * window.Width), ref job);
    }

    private struct MaxPoolWork : IRangeWork
    {
        public Window Window;
        public float* X;
        public float* Y;
        public int* Indices;

        public readonly void Run(int start, int end, int worker)
        {
            for (int plane = start; plane < end; plane++)
            {
                float* x = X + ((long)plane * Window.Height * Window.Width);
                long at = (long)plane * Window.OutputHeight * Window.OutputWidth;
                for (int row = 0; row < Window.OutputHeight; row++)
                {
                    int top = (row * Window.Stride.Height) - Window.Padding.Height;
                    int firstY = Math.Max(0, top), endY = Math.Min(Window.Height, top + Window.Size.Height);
                    for (int column = 0; column < Window.OutputWidth; column++, at++)
                    {
                        int left = (column * Window.Stride.Width) - Window.Padding.Width;
                        int firstX = Math.Max(0, left), endX = Math.Min(Window.Width, left + Window.Size.Width);
                        int best = (firstY * Window.Width) + firstX;
                        for (int i = firstY; i < endY; i++)
                        {
                            for (int j = firstX; j < endX; j++)
                            {
                                int index = (i * Window.Width) + j;
                                if (x[index] > x[best] || (float.IsNaN(x[index]) && !float.IsNaN(x[best])))
                                {
                                    best = index;
                                }
                            }
                        }

                        Y[at] = x[best];
                        Indices[at] = best;
                    }
                }
            }
        }
    }

    private struct MeanPoolWork : IRangeWork
    {
        public Window Window;
        public float* X;
        public float* Y;
        public bool Backward;

        public readonly void Run(int start, int end, int worker)
        {
            float scale = 1f / (Window.Size.Height * Window.Size.Width);
            for (int plane = start; plane < end; plane++)
            {
                float* x = X + ((long)plane * Window.Height * Window.Width);
                long at = (long)plane * Window.OutputHeight * Window.OutputWidth;
                for (int row = 0; row < Window.OutputHeight; row++)
                {
                    int top = (row * Window.Stride.Height) - Window.Padding.Height;
                    int firstY = Math.Max(0, top), endY = Math.Min(Window.Height, top + Window.Size.Height);
                    for (int column = 0; column < Window.OutputWidth; column++, at++)
                    {
                        int left = (column * Window.Stride.Width) - Window.Padding.Width;
                        int firstX = Math.Max(0, left), endX = Math.Min(Window.Width, left + Window.Size.Width);
                        float sum = 0;
                        for (int i = firstY; i < endY; i++)
                        {
                            for (int j = firstX; j < endX; j++)
                            {
                                if (Backward)
                                {
                                    x[(i * Window.Width) + j] += Y[at] * scale;
                                }
                                else
                                {
                                    sum += x[(i * Window.Width) + j];
                                }
                            }
                        }

                        if (!Backward)
                        {
                            Y[at] = sum * scale;
                        }
                    }
                }
            }
        }
    }
}
