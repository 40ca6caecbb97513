namespace Proximal.Tensors.Optimizers;

/// <summary>
/// Adam (Kingma and Ba 2015). m = b1 m + (1-b1) g, v = b2 v + (1-b2) g^2, w -= lr (m / (1-b1^t)) / (sqrt(v / (1-b2^t)) + epsilon), with
/// weight decay times w added to g. <see cref="AdamW"/> takes the decay out of the gradient.
/// </summary>
public class Adam : Optimizer
{
    private readonly AdamOptions options;
    private readonly bool decoupled;

    /// <summary>Creates the optimizer.</summary>
    /// <exception cref="ArgumentException">A setting is outside its range, or two parameters share a name.</exception>
    public Adam(IReadOnlyList<Parameter> parameters, AdamOptions? options = null, Workers? workers = null)
        : this(parameters, options ?? new AdamOptions(), workers, decoupled: false)
    {
    }

    private protected Adam(IReadOnlyList<Parameter> parameters, AdamOptions options, Workers? workers, bool decoupled)
        : base(parameters, options, workers)
    {
        this.options = options;
        this.decoupled = decoupled;
        Allocate();
    }

    private protected sealed override string[] RolesOf(Parameter parameter) => ["first_moment", "second_moment"];

    private protected sealed override void Update(Slot slot, double learningRate) =>
        AdamUpdate.Apply(Backend, slot.Parameter, slot.States[0], slot.States[1], options, Steps, learningRate, options.WeightDecay * slot.WeightDecayFactor, decoupled);
}
