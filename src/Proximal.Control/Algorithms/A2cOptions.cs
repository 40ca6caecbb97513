using Proximal.Control.Learning;
using Proximal.Recipes;

namespace Proximal.Control.Algorithms;

/// <summary>Settings of <see cref="A2c"/>.</summary>
public sealed record A2cOptions : OnPolicyOptions
{
    /// <summary>The defaults of the paper: 16 copies, 5 steps, returns over all of them.</summary>
    public A2cOptions()
    {
        Environments = 16;
        Steps = 5;
        GaeLambda = 1;
        LearningRate = 7e-4;
        AnnealLearningRate = false;
    }

    /// <summary>Whether advantages are brought to mean 0 and standard deviation 1.</summary>
    public bool NormalizeAdvantages { get; init; }

    /// <summary>Weight of the entropy, c_e.</summary>
    public double EntropyCoefficient { get; init; } = 0.01;

    /// <summary>Weight of the loss of values, c_v.</summary>
    public double ValueCoefficient { get; init; } = 0.5;

    /// <summary>The largest Euclidean norm of the gradient; infinity does not clip.</summary>
    public double MaximumGradientNorm { get; init; } = 0.5;

    /// <summary>Decay rate of RMSprop's mean of squared gradients.</summary>
    public double RmsPropDecay { get; init; } = 0.99;

    /// <summary>RMSprop's epsilon.</summary>
    public double RmsPropEpsilon { get; init; } = 1e-5;

    /// <summary>Key, type and range of the options.</summary>
    public static OptionSchema<A2cOptions> Schema { get; } = OnPolicySchema.Create(() => new A2cOptions())
        .Flag("normalize-advantages", o => o.NormalizeAdvantages, (o, v) => o with { NormalizeAdvantages = v }, "Whether advantages are brought to mean 0 and standard deviation 1.")
        .Number("entropy-coefficient", o => o.EntropyCoefficient, (o, v) => o with { EntropyCoefficient = v }, "Weight of the entropy.", 0)
        .Number("value-coefficient", o => o.ValueCoefficient, (o, v) => o with { ValueCoefficient = v }, "Weight of the loss of values.", 0)
        .Number("maximum-gradient-norm", o => o.MaximumGradientNorm, (o, v) => o with { MaximumGradientNorm = v }, "The largest Euclidean norm of the gradient.", 1e-9)
        .Number("rmsprop-decay", o => o.RmsPropDecay, (o, v) => o with { RmsPropDecay = v }, "Decay rate of the mean of squared gradients.", 0, 0.999999)
        .Number("rmsprop-epsilon", o => o.RmsPropEpsilon, (o, v) => o with { RmsPropEpsilon = v }, "Added to the denominator of RMSprop.", 1e-12)
        .Validated();

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        OptionCheck.NotNegative(EntropyCoefficient, nameof(EntropyCoefficient));
        OptionCheck.NotNegative(ValueCoefficient, nameof(ValueCoefficient));
        OptionCheck.Positive(RmsPropEpsilon, nameof(RmsPropEpsilon));
        if (!(MaximumGradientNorm > 0))
        {
            throw new ArgumentException($"MaximumGradientNorm is {MaximumGradientNorm}; it must be above 0.");
        }
    }
}
