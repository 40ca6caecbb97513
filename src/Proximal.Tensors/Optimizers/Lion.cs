using Proximal.Tensors.Kernels;

namespace Proximal.Tensors.Optimizers;

/// <summary>Settings of <see cref="Lion"/>.</summary>
public sealed record LionOptions : OptimizerOptions
{
    /// <summary>Share of the momentum in the direction of a step, in [0, 1).</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay rate of the momentum, in [0, 1).</summary>
    public double Beta2 { get; init; } = 0.99;

    internal override void Validate()
    {
        base.Validate();
        CheckRate(Beta1, nameof(Beta1));
        CheckRate(Beta2, nameof(Beta2));
    }
}

/// <summary>
/// Lion (Chen et al. 2023): w -= lr (sign(b1 m + (1-b1) g) + decay w), then m = b2 m + (1-b2) g. The learning rate is usually 3 to 10 times
/// smaller than that of AdamW and the decay as much larger.
/// </summary>
public sealed unsafe class Lion : Optimizer
{
    private readonly LionOptions options;

    /// <summary>Creates the optimizer.</summary>
    /// <exception cref="ArgumentException">A setting is outside its range, or two parameters share a name.</exception>
    public Lion(IReadOnlyList<Parameter> parameters, LionOptions? options = null, Workers? workers = null)
        : base(parameters, options ??= new LionOptions { LearningRate = 1e-4 }, workers)
    {
        this.options = options;
        Allocate();
    }

    private protected override string[] RolesOf(Parameter parameter) => ["momentum"];

    private protected override void Update(Slot slot, double learningRate)
    {
        Parameter parameter = slot.Parameter;
        LionStep settings = new()
        {
            Beta1 = (float)options.Beta1,
            Beta2 = (float)options.Beta2,
            OneMinusBeta1 = (float)(1 - options.Beta1),
            OneMinusBeta2 = (float)(1 - options.Beta2),
            LearningRate = (float)learningRate,
            WeightFactor = (float)(1 - (learningRate * options.WeightDecay * slot.WeightDecayFactor)),
        };
        Backend.LionStep(parameter.Pointer, parameter.GradientPointer, slot.States[0].Floats, parameter.Length, in settings);
    }
}
