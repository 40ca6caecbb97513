using Proximal.Control.Learning;
using Proximal.Models.Networks;
using Proximal.Recipes;

namespace Proximal.Control.Algorithms;

/// <summary>Settings of <see cref="Trpo"/>.</summary>
public sealed record TrpoOptions : OnPolicyOptions
{
    /// <summary>2,048 steps an iteration.</summary>
    public TrpoOptions()
    {
        Environments = 1;
        Steps = 2048;
        LearningRate = 1e-3;
        AnnealLearningRate = false;
    }

    /// <summary>The largest mean divergence of the new policy from the old one, delta.</summary>
    public double MaximumKullbackLeibler { get; init; } = 0.01;

    /// <summary>Iterations of conjugate gradients.</summary>
    public int ConjugateGradientIterations { get; init; } = 15;

    /// <summary>Multiple of the identity that is added to the Fisher information.</summary>
    public double Damping { get; init; } = 0.1;

    /// <summary>The most steps of the line search.</summary>
    public int LineSearchSteps { get; init; } = 10;

    /// <summary>What a step of the line search multiplies the last one by.</summary>
    public double LineSearchShrinkage { get; init; } = 0.8;

    /// <summary>The share of the expected improvement that a step must bring to be accepted.</summary>
    public double AcceptedShare { get; init; } = 0.1;

    /// <summary>Passes of the critic over a rollout.</summary>
    public int CriticEpochs { get; init; } = 10;

    /// <summary>Rows of the critic's minibatches.</summary>
    public int CriticMinibatchRows { get; init; } = 128;

    /// <summary>Whether advantages are brought to mean 0 and standard deviation 1.</summary>
    public bool NormalizeAdvantages { get; init; } = true;

    /// <summary>Key, type and range of the options.</summary>
    public static OptionSchema<TrpoOptions> Schema { get; } = OnPolicySchema.Create(() => new TrpoOptions())
        .Number("maximum-kl", o => o.MaximumKullbackLeibler, (o, v) => o with { MaximumKullbackLeibler = v }, "The largest mean divergence of the new policy from the old one.", 1e-12)
        .Integer("conjugate-gradient-iterations", o => o.ConjugateGradientIterations, (o, v) => o with { ConjugateGradientIterations = v }, "Iterations of conjugate gradients.", 1, 10_000)
        .Number("damping", o => o.Damping, (o, v) => o with { Damping = v }, "Multiple of the identity that is added to the Fisher information.", 0)
        .Integer("line-search-steps", o => o.LineSearchSteps, (o, v) => o with { LineSearchSteps = v }, "The most steps of the line search.", 1, 1000)
        .Number("line-search-shrinkage", o => o.LineSearchShrinkage, (o, v) => o with { LineSearchShrinkage = v }, "What a step of the line search multiplies the last one by.", 0.01, 0.99)
        .Number("accepted-share", o => o.AcceptedShare, (o, v) => o with { AcceptedShare = v }, "The share of the expected improvement that a step must bring.", 0, 1)
        .Integer("critic-epochs", o => o.CriticEpochs, (o, v) => o with { CriticEpochs = v }, "Passes of the critic over a rollout.", 0, 10_000)
        .Integer("critic-minibatch-rows", o => o.CriticMinibatchRows, (o, v) => o with { CriticMinibatchRows = v }, "Rows of the critic's minibatches.", 1, 1 << 20)
        .Flag("normalize-advantages", o => o.NormalizeAdvantages, (o, v) => o with { NormalizeAdvantages = v }, "Whether advantages are brought to mean 0 and standard deviation 1.")
        .Validated();

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        OptionCheck.Positive(MaximumKullbackLeibler, nameof(MaximumKullbackLeibler));
        OptionCheck.AtLeast(ConjugateGradientIterations, nameof(ConjugateGradientIterations), 1);
        OptionCheck.NotNegative(Damping, nameof(Damping));
        OptionCheck.AtLeast(LineSearchSteps, nameof(LineSearchSteps), 1);
        OptionCheck.Share(LineSearchShrinkage, nameof(LineSearchShrinkage));
        OptionCheck.Share(AcceptedShare, nameof(AcceptedShare));
        OptionCheck.AtLeast(CriticEpochs, nameof(CriticEpochs), 0);
        OptionCheck.AtLeast(CriticMinibatchRows, nameof(CriticMinibatchRows), 1);
        if (SharedNetwork || Network.Memory != MemoryKind.None)
        {
            throw new ArgumentException("TRPO takes an actor of its own without a memory: SharedNetwork is false and Memory is None.");
        }
    }
}
