using Proximal.Tensors;

namespace Proximal.Models.Networks;

/// <summary>Convolutions over pictures with a nonlinearity after each; the output is the last picture as a row.</summary>
public sealed class ConvNet : Network
{
    private readonly ConvolutionSettings[] layers;
    private readonly Parameter[] parameters;
    private readonly Activation activation;
    private readonly Shape picture;

    /// <summary>Creates a network.</summary>
    /// <param name="name">Beginning of the parameters' names.</param>
    /// <param name="picture">[channels, height, width].</param>
    /// <param name="layers">The convolutions in order.</param>
    /// <param name="activation">After each.</param>
    /// <param name="initialization">First weights.</param>
    /// <param name="seed">Seed of the first weights.</param>
    /// <exception cref="ArgumentException">The shape has not three axes, or a window does not fit.</exception>
    public ConvNet(string name, Shape picture, IReadOnlyList<ConvolutionSettings> layers, Activation activation, WeightInitialization initialization, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (picture.Rank != 3)
        {
            throw new ArgumentException($"Convolutions take pictures [channels, height, width], not {picture}.", nameof(picture));
        }

        this.layers = [.. layers];
        this.activation = activation;
        this.picture = picture;
        parameters = new Parameter[2 * layers.Count];
        int channels = picture[0], height = picture[1], width = picture[2];
        for (int i = 0; i < layers.Count; i++)
        {
            ConvolutionSettings layer = layers[i];
            height = Places(height, layer, picture);
            width = Places(width, layer, picture);
            Parameter weight = new($"{name}.{i}.weight", new Shape(layer.Filters, channels, layer.Size, layer.Size));
            Parameter bias = new($"{name}.{i}.bias", new Shape(layer.Filters));
            initialization.Fill(weight, bias, NetworkRandom.Stream(seed, name, i));
            (parameters[2 * i], parameters[(2 * i) + 1]) = (weight, bias);
            channels = layer.Filters;
        }

        OutputWidth = checked(channels * height * width);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    /// <inheritdoc/>
    public override int InputWidth => picture.Length;

    /// <inheritdoc/>
    public override int OutputWidth { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        int rows = input.Shape[0];
        Tensor x = input.Reshape(rows, picture[0], picture[1], picture[2]);
        for (int i = 0; i < layers.Length; i++)
        {
            x = activation.Apply(x.Conv2d(parameters[2 * i], parameters[(2 * i) + 1], layers[i].Stride, layers[i].Padding));
        }

        return x.Reshape(rows, OutputWidth);
    }

    /// <inheritdoc/>
    public override Tensor Tangent(Network direction, Tensor input, Tensor? inputTangent, out Tensor output)
    {
        ArgumentNullException.ThrowIfNull(input);
        ConvNet along = Like<ConvNet>(direction);
        int rows = input.Shape[0];
        Shape pictures = new(rows, picture[0], picture[1], picture[2]);
        Tensor x = input.Reshape(pictures);
        Tensor? tangent = inputTangent?.Reshape(pictures);
        for (int i = 0; i < layers.Length; i++)
        {
            (int stride, int padding) = (layers[i].Stride, layers[i].Padding);
            Parameter weight = parameters[2 * i];
            Tensor sum = x.Conv2d(weight, parameters[(2 * i) + 1], stride, padding), own = x.Conv2d(along.parameters[2 * i], along.parameters[(2 * i) + 1], stride, padding);
            x = activation.Apply(sum);
            tangent = activation.Tangent(sum, x, tangent is null ? own : own + tangent.Conv2d(weight, null, stride, padding));
        }

        output = x.Reshape(rows, OutputWidth);
        return tangent!.Reshape(rows, OutputWidth);
    }

    private static int Places(int length, ConvolutionSettings layer, Shape picture)
    {
        int span = length + (2 * layer.Padding) - layer.Size;
        return span >= 0 ? (span / layer.Stride) + 1 : throw new ArgumentException($"Convolutions do not fit a picture {picture}: a window of {layer.Size} meets an axis of {length}.");
    }
}
