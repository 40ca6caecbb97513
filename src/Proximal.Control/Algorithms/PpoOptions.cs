using Proximal.Control.Environments;
using Proximal.Control.Learning;
using Proximal.Control.Spaces;
using Proximal.Models.Networks;
using Proximal.Recipes;

namespace Proximal.Control.Algorithms;

/// <summary>Settings of <see cref="Ppo"/>. The defaults are those of CleanRL for discrete actions; <see cref="Continuous"/> has those for boxes.</summary>
public sealed record PpoOptions : OnPolicyOptions
{
    /// <summary>Defaults for actions in a box: one copy with 2,048 steps, 32 minibatches, 10 epochs, no entropy bonus, observations and rewards normalized.</summary>
    public static PpoOptions Continuous { get; } = new()
    {
        Environments = 1,
        Steps = 2048,
        LearningRate = 3e-4,
        Minibatches = 32,
        Epochs = 10,
        EntropyCoefficient = 0,
        NormalizeObservations = true,
        NormalizeRewards = true,
    };

    /// <summary>Passes over a rollout.</summary>
    public int Epochs { get; init; } = 4;

    /// <summary>Minibatches of a pass; whole copies with a memory.</summary>
    public int Minibatches { get; init; } = 4;

    /// <summary>How far the ratio of probabilities moves before the gradient ends, e; infinity does not clip.</summary>
    public double ClipRange { get; init; } = 0.2;

    /// <summary>Whether the loss of values is clipped too.</summary>
    public bool ClipValueLoss { get; init; } = true;

    /// <summary>Whether advantages are brought to mean 0 and standard deviation 1 in each minibatch.</summary>
    public bool NormalizeAdvantages { get; init; } = true;

    /// <summary>Weight of the entropy, c_e.</summary>
    public double EntropyCoefficient { get; init; } = 0.01;

    /// <summary>Weight of the loss of values, c_v.</summary>
    public double ValueCoefficient { get; init; } = 0.5;

    /// <summary>The largest Euclidean norm of the gradient; infinity does not clip.</summary>
    public double MaximumGradientNorm { get; init; } = 0.5;

    /// <summary>The passes end when mean((rho - 1) - log rho) of a pass's last minibatch exceeds it; null never ends them early.</summary>
    public double? TargetKullbackLeibler { get; init; }

    /// <summary>Adam's epsilon.</summary>
    public double AdamEpsilon { get; init; } = 1e-5;

    /// <summary>Key, type and range of the options.</summary>
    /// <param name="defaults">What recipes leave out.</param>
    public static OptionSchema<PpoOptions> Schema(PpoOptions defaults) => OnPolicySchema.Create(() => defaults)
        .Integer("epochs", o => o.Epochs, (o, v) => o with { Epochs = v }, "Passes over a rollout.", 1, 10_000)
        .Integer("minibatches", o => o.Minibatches, (o, v) => o with { Minibatches = v }, "Minibatches of a pass; whole copies with a memory.", 1, 1 << 20)
        .Number("clip-range", o => o.ClipRange, (o, v) => o with { ClipRange = v }, "How far the ratio of probabilities moves before the gradient ends.", 1e-9)
        .Flag("clip-value-loss", o => o.ClipValueLoss, (o, v) => o with { ClipValueLoss = v }, "Whether the loss of values is clipped too.")
        .Flag("normalize-advantages", o => o.NormalizeAdvantages, (o, v) => o with { NormalizeAdvantages = v }, "Whether advantages are brought to mean 0 and standard deviation 1 in each minibatch.")
        .Number("entropy-coefficient", o => o.EntropyCoefficient, (o, v) => o with { EntropyCoefficient = v }, "Weight of the entropy.", 0)
        .Number("value-coefficient", o => o.ValueCoefficient, (o, v) => o with { ValueCoefficient = v }, "Weight of the loss of values.", 0)
        .Number("maximum-gradient-norm", o => o.MaximumGradientNorm, (o, v) => o with { MaximumGradientNorm = v }, "The largest Euclidean norm of the gradient.", 1e-9)
        .Number("target-kl", o => o.TargetKullbackLeibler ?? 0, (o, v) => o with { TargetKullbackLeibler = v == 0 ? null : v }, "The passes end when the divergence from the old policy exceeds it; 0 never ends them early.", 0)
        .Number("adam-epsilon", o => o.AdamEpsilon, (o, v) => o with { AdamEpsilon = v }, "Added to the denominator of Adam.", 1e-12)
        .Validated();

    /// <summary>The defaults for the actions of an environment.</summary>
    public static PpoOptions For(EnvironmentSpecification specification)
    {
        ArgumentNullException.ThrowIfNull(specification);
        return specification.Actions is BoxSpace ? Continuous : new PpoOptions();
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        OptionCheck.AtLeast(Epochs, nameof(Epochs), 1);
        OptionCheck.AtLeast(Minibatches, nameof(Minibatches), 1);
        OptionCheck.NotNegative(EntropyCoefficient, nameof(EntropyCoefficient));
        OptionCheck.NotNegative(ValueCoefficient, nameof(ValueCoefficient));
        OptionCheck.Positive(AdamEpsilon, nameof(AdamEpsilon));
        int most = Network.Memory == MemoryKind.None ? Environments * Steps : Environments;
        if (Minibatches > most)
        {
            throw new ArgumentException($"Minibatches is {Minibatches}; {(most == Environments ? $"{most} copies" : $"{most} steps")} give at most as many.");
        }

        if (!(ClipRange > 0))
        {
            throw new ArgumentException($"ClipRange is {ClipRange}; it must be above 0.");
        }

        if (!(MaximumGradientNorm > 0))
        {
            throw new ArgumentException($"MaximumGradientNorm is {MaximumGradientNorm}; it must be above 0.");
        }

        if (TargetKullbackLeibler is { } target)
        {
            OptionCheck.Positive(target, nameof(TargetKullbackLeibler));
        }
    }
}
