namespace Proximal.Tensors.Optimizers;

/// <summary>Settings of <see cref="Sgd"/>.</summary>
public sealed record SgdOptions : OptimizerOptions
{
    /// <summary>Share of the last direction that is kept, in [0, 1).</summary>
    public double Momentum { get; init; }

    /// <summary>Looks ahead along the momentum (Nesterov).</summary>
    public bool Nesterov { get; init; }

    internal override void Validate()
    {
        base.Validate();
        CheckRate(Momentum, nameof(Momentum));
        if (Nesterov && Momentum == 0)
        {
            throw new ArgumentException("Nesterov is true; it needs a Momentum above 0.");
        }
    }
}

/// <summary>
/// Gradient descent. With g the gradient plus weight decay times w, momentum mu and b the direction: b = mu b + g, and w -= lr b, or
/// w -= lr (g + mu b) with Nesterov (Sutskever et al. 2013, in the form that PyTorch has).
/// </summary>
public sealed unsafe class Sgd : Optimizer
{
    private readonly SgdOptions options;

    /// <summary>Creates the optimizer.</summary>
    /// <exception cref="ArgumentException">A setting is outside its range, or two parameters share a name.</exception>
    public Sgd(IReadOnlyList<Parameter> parameters, SgdOptions? options = null, Workers? workers = null)
        : base(parameters, options ??= new SgdOptions(), workers)
    {
        this.options = options;
        Allocate();
    }

    private protected override string[] RolesOf(Parameter parameter) => options.Momentum > 0 ? ["momentum"] : [];

    private protected override void Update(Slot slot, double learningRate)
    {
        Parameter parameter = slot.Parameter;
        float* momentum = slot.States.Length > 0 ? slot.States[0].Floats : null;
        Backend.SgdStep(
            parameter.Pointer, parameter.GradientPointer, momentum, parameter.Length, (float)learningRate, (float)options.Momentum, (float)(options.WeightDecay * slot.WeightDecayFactor), options.Nesterov);
    }
}
