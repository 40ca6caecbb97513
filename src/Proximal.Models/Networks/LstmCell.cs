using Proximal.Tensors;

namespace Proximal.Models.Networks;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber 1997, with a forget gate): i, f, o = sigmoid(W x + U h + b), g = tanh(W x + U h + b),
/// c' = f c + i g, h' = o tanh(c'). The state is h and c; the gates lie in the order i, f, g, o.
/// </summary>
public sealed class LstmCell : RecurrentCell
{
    private readonly Parameter inputWeight;
    private readonly Parameter stateWeight;
    private readonly Parameter bias;
    private readonly Parameter[] parameters;

    /// <summary>Creates a memory.</summary>
    /// <param name="name">Beginning of the parameters' names.</param>
    /// <param name="inputs">Numbers per input row.</param>
    /// <param name="width">Numbers per output row.</param>
    /// <param name="initialization">First weights.</param>
    /// <param name="seed">Seed of the first weights.</param>
    public LstmCell(string name, int inputs, int width, WeightInitialization initialization, ulong seed)
    {
        OutputWidth = width;
        inputWeight = new Parameter($"{name}.input.weight", new Shape(4 * width, inputs));
        stateWeight = new Parameter($"{name}.state.weight", new Shape(4 * width, width));
        bias = new Parameter($"{name}.bias", new Shape(4 * width));
        initialization.Fill(inputWeight, bias, NetworkRandom.Stream(seed, name, 0));
        initialization.Fill(stateWeight, null, NetworkRandom.Stream(seed, name, 1));
        parameters = [inputWeight, stateWeight, bias];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    /// <inheritdoc/>
    public override int InputWidth => inputWeight.Shape[1];

    /// <inheritdoc/>
    public override int OutputWidth { get; }

    /// <inheritdoc/>
    public override int StateWidth => 2 * OutputWidth;

    /// <inheritdoc/>
    public override Tensor Project(Tensor inputs) => inputs.Linear(inputWeight, bias);

    /// <inheritdoc/>
    public override Tensor Step(Tensor projected, ref Tensor state)
    {
        int width = OutputWidth;
        Tensor h = state.Slice(1, 0, width), c = state.Slice(1, width, width);
        Tensor gates = h.Linear(stateWeight, residual: projected);
        Tensor inputGate = gates.Slice(1, 0, width).Sigmoid(), forgetGate = gates.Slice(1, width, width).Sigmoid();
        Tensor candidate = gates.Slice(1, 2 * width, width).Tanh(), outputGate = gates.Slice(1, 3 * width, width).Sigmoid();
        c = (forgetGate * c) + (inputGate * candidate);
        h = outputGate * c.Tanh();
        state = ShapeOperations.Concatenate(1, h, c);
        return h;
    }
}
