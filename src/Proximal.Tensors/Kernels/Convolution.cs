namespace Proximal.Tensors.Kernels;

/// <summary>The sizes of a convolution of images [batch, inputs, height, width] with weights [outputs, inputs / groups, height, width].</summary>
internal readonly struct Convolution(int batch, int inputs, int outputs, int groups, Window window)
{
    public int Batch { get; } = batch;

    public int Outputs { get; } = outputs;

    public int Groups { get; } = groups;

    public Window Window { get; } = window;

    public int GroupInputs { get; } = inputs / groups;

    public int GroupOutputs { get; } = outputs / groups;

    /// <summary>Weights of one output channel: rows of the matrix of windows.</summary>
    public int Depth => GroupInputs * Window.Size.Height * Window.Size.Width;

    /// <summary>Places of the window: columns of the matrix of windows.</summary>
    public int Places => Window.OutputHeight * Window.OutputWidth;

    public int Plane => Window.Height * Window.Width;

    public long ImageStep => (long)GroupInputs * Groups * Plane;

    public long OutputStep => (long)Outputs * Places;

    public int WeightLength => Outputs * Depth;
}
