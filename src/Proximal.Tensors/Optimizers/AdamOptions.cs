namespace Proximal.Tensors.Optimizers;

/// <summary>Settings of <see cref="Adam"/> and <see cref="AdamW"/>.</summary>
public record AdamOptions : OptimizerOptions
{
    /// <summary>Decay rate of the mean of gradients, in [0, 1).</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay rate of the mean of squared gradients, in [0, 1).</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the denominator, 0 or more.</summary>
    public double Epsilon { get; init; } = 1e-8;

    internal override void Validate()
    {
        base.Validate();
        CheckRate(Beta1, nameof(Beta1));
        CheckRate(Beta2, nameof(Beta2));
        Check(Epsilon, nameof(Epsilon), 0, double.MaxValue);
    }
}
