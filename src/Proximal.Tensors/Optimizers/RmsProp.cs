namespace Proximal.Tensors.Optimizers;

/// <summary>Settings of <see cref="RmsProp"/>.</summary>
public sealed record RmsPropOptions : OptimizerOptions
{
    /// <summary>Decay rate of the mean of squared gradients, in [0, 1).</summary>
    public double Decay { get; init; } = 0.99;

    /// <summary>Added to the denominator, 0 or more.</summary>
    public double Epsilon { get; init; } = 1e-8;

    internal override void Validate()
    {
        base.Validate();
        CheckRate(Decay, nameof(Decay));
        Check(Epsilon, nameof(Epsilon), 0, double.MaxValue);
    }
}

/// <summary>
/// RMSprop (Tieleman and Hinton 2012, with epsilon outside the root as PyTorch has it): v = decay v + (1 - decay) g², w -= lr g / (sqrt(v) + epsilon).
/// </summary>
public sealed unsafe class RmsProp : Optimizer
{
    private readonly RmsPropOptions options;

    /// <summary>Creates the optimizer.</summary>
    /// <exception cref="ArgumentException">A setting is outside its range, or two parameters share a name.</exception>
    public RmsProp(IReadOnlyList<Parameter> parameters, RmsPropOptions? options = null, Workers? workers = null)
        : base(parameters, options ??= new RmsPropOptions(), workers)
    {
        this.options = options;
        Allocate();
    }

    private protected override string[] RolesOf(Parameter parameter) => ["mean_square"];

    private protected override void Update(Slot slot, double learningRate) => Backend.RmsPropStep(
        slot.Parameter.Pointer,
        slot.Parameter.GradientPointer,
        slot.States[0].Floats,
        slot.Parameter.Length,
        (float)learningRate,
        (float)options.Decay,
        (float)options.Epsilon,
        (float)(options.WeightDecay * slot.WeightDecayFactor));
}
