using Proximal.Tensors.Kernels;
using Proximal.Tensors.Operations;

namespace Proximal.Tensors;

/// <summary>Convolutions (cross-correlations, as the field means them).</summary>
public static unsafe class ConvolutionOperations
{
    /// <summary>y[n, o, t] = bias[o] + sum over c, k of w[o, c, k] x[n, c, t stride - padding + k dilation]; outside the input x is 0.</summary>
    /// <param name="x">Sequences [batch, inputs, length].</param>
    /// <param name="weight">Weights [outputs, inputs / groups, window].</param>
    /// <param name="bias">Terms [outputs], or null.</param>
    /// <param name="stride">Step of the window.</param>
    /// <param name="padding">Zeros on both sides.</param>
    /// <param name="dilation">Distance of the elements under the window.</param>
    /// <param name="groups">Groups of channels that are convolved apart; divides inputs and outputs.</param>
    /// <returns>[batch, outputs, places].</returns>
    /// <exception cref="ArgumentException">Shapes or settings do not fit.</exception>
    public static Tensor Conv1d(this Tensor x, Tensor weight, Tensor? bias = null, int stride = 1, int padding = 0, int dilation = 1, int groups = 1)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        if (x.Shape.Rank != 3 || weight.Shape.Rank != 3)
        {
            throw new ArgumentException($"A convolution takes [batch, inputs, length] and [outputs, inputs, window], not {x.Shape} and {weight.Shape}.", nameof(x));
        }

        Tape tape = Tape.Of(x, weight, bias);
        Tensor images = ShapeOperations.View(tape, x, ShapeOperations.WithAxis(x.Shape, 2, 1));
        Tensor weights = ShapeOperations.View(tape, weight, ShapeOperations.WithAxis(weight.Shape, 2, 1));
        return Convolve(images, weights, bias, (1, stride), (0, padding), (1, dilation), groups).Squeeze(2);
    }

    /// <summary>The same over two axes.</summary>
    /// <param name="x">Images [batch, inputs, height, width].</param>
    /// <param name="weight">Weights [outputs, inputs / groups, window height, window width].</param>
    /// <param name="bias">Terms [outputs], or null.</param>
    /// <param name="stride">Step of the window along both axes.</param>
    /// <param name="padding">Zeros on all sides.</param>
    /// <param name="dilation">Distance of the elements under the window.</param>
    /// <param name="groups">Groups of channels that are convolved apart; divides inputs and outputs.</param>
    /// <returns>[batch, outputs, places down, places across].</returns>
    /// <exception cref="ArgumentException">Shapes or settings do not fit.</exception>
    public static Tensor Conv2d(this Tensor x, Tensor weight, Tensor? bias = null, int stride = 1, int padding = 0, int dilation = 1, int groups = 1) =>
        Convolve(x, weight, bias, (stride, stride), (padding, padding), (dilation, dilation), groups);

    private static Tensor Convolve(Tensor x, Tensor weight, Tensor? bias, (int, int) stride, (int, int) padding, (int, int) dilation, int groups)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        Shape images = x.Shape, weights = weight.Shape;
        if (images.Rank != 4 || weights.Rank != 4)
        {
            throw new ArgumentException($"A convolution takes [batch, inputs, height, width] and [outputs, inputs, height, width], not {images} and {weights}.", nameof(x));
        }

        if (groups < 1 || images[1] % groups != 0 || weights[0] % groups != 0 || weights[1] != images[1] / groups)
        {
            throw new ArgumentException($"Weights {weights} in {groups} groups do not fit images {images}.", nameof(weight));
        }

        if (bias is not null && (bias.Shape.Rank != 1 || bias.Length != weights[0]))
        {
            throw new ArgumentException($"A bias of {weights[0]} channels has shape [{weights[0]}], not {bias.Shape}.", nameof(bias));
        }

        Window window = new(images[2], images[3], (weights[2], weights[3]), stride, padding, dilation);
        Convolution shape = new(images[0], images[1], weights[0], groups, window);
        Tape tape = Tape.Of(x, weight, bias);
        Tensor output = tape.NewTensor(new Shape(images[0], weights[0], window.OutputHeight, window.OutputWidth), tape.Records(x, weight, bias));
        tape.Backend.Convolve(in shape, x.Pointer, weight.Pointer, output.Pointer, ConvolutionOperation.RentColumns(tape, in shape));
        if (bias is not null)
        {
            tape.Backend.AddChannelBias(output.Pointer, bias.Pointer, shape.Batch, shape.Outputs, shape.Places);
        }

        if (output.RequiresGradient)
        {
            ref Node node = ref tape.Record(ConvolutionOperation.Instance, output, x, weight, bias);
            node.I0 = Window.Pack(stride);
            node.I1 = Window.Pack(padding);
            node.I2 = Window.Pack(dilation);
            node.I3 = groups;
        }

        return output;
    }
}
