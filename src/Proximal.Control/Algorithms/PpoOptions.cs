using Proximal.Control.Environments;
using Proximal.Control.Learning;
using Proximal.Control.Spaces;
using Proximal.Models.Networks;

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
