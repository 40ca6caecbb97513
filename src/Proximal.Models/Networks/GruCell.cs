using Proximal.Tensors;

namespace Proximal.Models.Networks;

/// <summary>
/// Gated recurrent unit (Cho et al. 2014, with the reset gate behind the product): r, z = sigmoid(W x + U h + b),
/// n = tanh(W x + b + r (U h + d)), h' = (1 - z) n + z h. The state is h; the gates lie in the order r, z, n.
/// </summary>
public sealed class GruCell : RecurrentCell
{
    private readonly Parameter inputWeight;
    private readonly Parameter inputBias;
    private readonly Parameter stateWeight;
    private readonly Parameter stateBias;
    private readonly Parameter[] parameters;

    /// <summary>Creates a memory.</summary>
    /// <param name="name">Beginning of the parameters' names.</param>
    /// <param name="inputs">Numbers per input row.</param>
    /// <param name="width">Numbers per output row.</param>
    /// <param name="initialization">First weights.</param>
    /// <param name="seed">Seed of the first weights.</param>
    public GruCell(string name, int inputs, int width, WeightInitialization initialization, ulong seed)
    {
        OutputWidth = width;
        inputWeight = new Parameter($"{name}.input.weight", new Shape(3 * width, inputs));
        inputBias = new Parameter($"{name}.input.bias", new Shape(3 * width));
        stateWeight = new Parameter($"{name}.state.weight", new Shape(3 * width, width));
        stateBias = new Parameter($"{name}.state.bias", new Shape(3 * width));
        initialization.Fill(inputWeight, inputBias, NetworkRandom.Stream(seed, name, 0));
        initialization.Fill(stateWeight, stateBias, NetworkRandom.Stream(seed, name, 1));
        parameters = [inputWeight, inputBias, stateWeight, stateBias];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    /// <inheritdoc/>
    public override int InputWidth => inputWeight.Shape[1];

    /// <inheritdoc/>
    public override int OutputWidth { get; }

    /// <inheritdoc/>
    public override int StateWidth => OutputWidth;

    /// <inheritdoc/>
    public override Tensor Project(Tensor inputs) => inputs.Linear(inputWeight, inputBias);

    /// <inheritdoc/>
    public override Tensor Step(Tensor projected, ref Tensor state)
    {
        int width = OutputWidth;
        Tensor remembered = state.Linear(stateWeight, stateBias);
        Tensor reset = (projected.Slice(1, 0, width) + remembered.Slice(1, 0, width)).Sigmoid();
        Tensor update = (projected.Slice(1, width, width) + remembered.Slice(1, width, width)).Sigmoid();
        Tensor candidate = (projected.Slice(1, 2 * width, width) + (reset * remembered.Slice(1, 2 * width, width))).Tanh();
        state = ((1 - update) * candidate) + (update * state);
        return state;
    }
}
