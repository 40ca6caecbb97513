using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Models.Networks;

/// <summary>y = W x + b.</summary>
public sealed class LinearLayer : Network
{
    private readonly Parameter[] parameters;

    /// <summary>Creates a layer.</summary>
    /// <param name="name">Beginning of the parameters' names.</param>
    /// <param name="inputs">Numbers per input row.</param>
    /// <param name="outputs">Numbers per output row.</param>
    /// <param name="initialization">First weights.</param>
    /// <param name="stream">Names the random numbers; every layer of a network needs its own.</param>
    public LinearLayer(string name, int inputs, int outputs, WeightInitialization initialization, in RandomStream stream)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        Weight = new Parameter($"{name}.weight", new Shape(outputs, inputs));
        Bias = new Parameter($"{name}.bias", new Shape(outputs));
        parameters = [Weight, Bias];
        initialization.Fill(Weight, Bias, in stream);
    }

    /// <summary>W [out, in].</summary>
    public Parameter Weight { get; }

    /// <summary>b [out].</summary>
    public Parameter Bias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    /// <inheritdoc/>
    public override int InputWidth => Weight.Shape[1];

    /// <inheritdoc/>
    public override int OutputWidth => Weight.Shape[0];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input) => input.Linear(Weight, Bias);

    /// <inheritdoc/>
    public override Tensor Tangent(Network direction, Tensor input, Tensor? inputTangent, out Tensor output)
    {
        LinearLayer along = Like<LinearLayer>(direction);
        output = Forward(input);
        Tensor own = input.Linear(along.Weight, along.Bias);
        return inputTangent is null ? own : inputTangent.Linear(Weight, residual: own);
    }
}
