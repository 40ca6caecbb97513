using Proximal.Control.Learning;
using Proximal.Models.Networks;
using Proximal.Recipes;

namespace Proximal.Control.Algorithms;

/// <summary>Settings of <see cref="Reinforce"/>.</summary>
public sealed record ReinforceOptions : OnPolicyOptions
{
    /// <summary>Eight episodes an iteration.</summary>
    public ReinforceOptions()
    {
        Environments = 8;
        Steps = 1000;
        GaeLambda = 1;
        LearningRate = 1e-3;
        AnnealLearningRate = false;
    }

    /// <summary>Whether the value of the state is subtracted from the return; it is learned from the same episodes.</summary>
    public bool Baseline { get; init; } = true;

    /// <summary>Whether advantages are brought to mean 0 and standard deviation 1 over the steps of an iteration.</summary>
    public bool NormalizeAdvantages { get; init; } = true;

    /// <summary>Weight of the entropy, c_e.</summary>
    public double EntropyCoefficient { get; init; }

    /// <summary>Weight of the loss of values, c_v.</summary>
    public double ValueCoefficient { get; init; } = 0.5;

    /// <summary>The largest Euclidean norm of the gradient; infinity does not clip.</summary>
    public double MaximumGradientNorm { get; init; } = double.PositiveInfinity;

    /// <summary>Key, type and range of the options.</summary>
    public static OptionSchema<ReinforceOptions> Schema { get; } = OnPolicySchema.Create(() => new ReinforceOptions())
        .Flag("baseline", o => o.Baseline, (o, v) => o with { Baseline = v }, "Whether the value of the state is subtracted from the return.")
        .Flag("normalize-advantages", o => o.NormalizeAdvantages, (o, v) => o with { NormalizeAdvantages = v }, "Whether advantages are brought to mean 0 and standard deviation 1.")
        .Number("entropy-coefficient", o => o.EntropyCoefficient, (o, v) => o with { EntropyCoefficient = v }, "Weight of the entropy.", 0)
        .Number("value-coefficient", o => o.ValueCoefficient, (o, v) => o with { ValueCoefficient = v }, "Weight of the loss of values.", 0)
        .Number(
            "maximum-gradient-norm",
            o => double.IsInfinity(o.MaximumGradientNorm) ? 0 : o.MaximumGradientNorm,
            (o, v) => o with { MaximumGradientNorm = v == 0 ? double.PositiveInfinity : v },
            "The largest Euclidean norm of the gradient; 0 does not clip.",
            0)
        .Validated();

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        OptionCheck.NotNegative(EntropyCoefficient, nameof(EntropyCoefficient));
        OptionCheck.NotNegative(ValueCoefficient, nameof(ValueCoefficient));
        if (Network.Memory != MemoryKind.None)
        {
            throw new ArgumentException($"Memory is {Network.Memory}; REINFORCE takes networks without a memory.");
        }

        if (!(MaximumGradientNorm > 0))
        {
            throw new ArgumentException($"MaximumGradientNorm is {MaximumGradientNorm}; it must be above 0.");
        }
    }
}
