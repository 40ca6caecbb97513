using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Models.Networks;

/// <summary>Linear layers with a nonlinearity after each but the last.</summary>
public sealed class Mlp : Network
{
    private readonly LinearLayer[] layers;
    private readonly Parameter[] parameters;
    private readonly Activation activation;
    private readonly Activation outputActivation;

    /// <summary>Creates a network.</summary>
    /// <param name="name">Beginning of the parameters' names.</param>
    /// <param name="sizes">Numbers per row: input, hidden layers, output.</param>
    /// <param name="activation">After the hidden layers.</param>
    /// <param name="seed">Seed of the first weights; networks with different names have different ones.</param>
    /// <param name="hidden">First weights of the hidden layers.</param>
    /// <param name="output">First weights of the last layer.</param>
    /// <param name="outputActivation">After the last layer.</param>
    /// <exception cref="ArgumentException">Fewer than two sizes.</exception>
    public Mlp(
        string name,
        ReadOnlySpan<int> sizes,
        Activation activation,
        ulong seed,
        WeightInitialization hidden,
        WeightInitialization output,
        Activation outputActivation = Activation.Identity)
    {
        if (sizes.Length < 2)
        {
            throw new ArgumentException("A network has at least an input and an output size.", nameof(sizes));
        }

        this.activation = activation;
        this.outputActivation = outputActivation;
        layers = new LinearLayer[sizes.Length - 1];
        for (int i = 0; i < layers.Length; i++)
        {
            bool last = i == layers.Length - 1;
            layers[i] = new LinearLayer($"{name}.{i}", sizes[i], sizes[i + 1], last ? output : hidden, NetworkRandom.Stream(seed, name, i));
        }

        parameters = [.. layers.SelectMany(layer => layer.Parameters)];
    }

    /// <summary>The layers in order.</summary>
    public IReadOnlyList<LinearLayer> Layers => layers;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    /// <inheritdoc/>
    public override int InputWidth => layers[0].InputWidth;

    /// <inheritdoc/>
    public override int OutputWidth => layers[^1].OutputWidth;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input)
    {
        Tensor x = input;
        for (int i = 0; i < layers.Length; i++)
        {
            x = (i == layers.Length - 1 ? outputActivation : activation).Apply(layers[i].Forward(x));
        }

        return x;
    }

    /// <inheritdoc/>
    public override Tensor Tangent(Network direction, Tensor input, Tensor? inputTangent, out Tensor output)
    {
        Mlp along = Like<Mlp>(direction);
        Tensor? tangent = inputTangent;
        output = input;
        for (int i = 0; i < layers.Length; i++)
        {
            tangent = layers[i].Tangent(along.layers[i], output, tangent, out Tensor sum);
            Activation function = i == layers.Length - 1 ? outputActivation : activation;
            output = function.Apply(sum);
            tangent = function.Tangent(sum, output, tangent);
        }

        return tangent!;
    }
}
