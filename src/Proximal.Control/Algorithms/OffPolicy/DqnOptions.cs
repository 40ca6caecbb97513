using Proximal.Control.Learning;
using Proximal.Control.Values;
using Proximal.Models.Networks;
using Proximal.Recipes;

namespace Proximal.Control.Algorithms.OffPolicy;

/// <summary>Options of <see cref="Dqn"/> and of its extensions, each of which is a switch. The defaults are those of CleanRL's classic control.</summary>
public sealed record DqnOptions : OffPolicyOptions
{
    /// <summary>The defaults.</summary>
    public DqnOptions()
    {
        BufferSize = 10_000;
        BatchSize = 128;
        LearningStarts = 10_000;
        TrainFrequency = 10;
        Network = new NetworkSettings { Hidden = [120, 84], Activation = Activation.Relu, Orthogonal = false };
    }

    /// <summary>Learning rate of Adam.</summary>
    public double LearningRate { get; init; } = 2.5e-4;

    /// <summary>Whether the learning rate falls to 0 in a line over learning, which settles the last policy.</summary>
    public bool AnnealLearningRate { get; init; }

    /// <summary>epsilon of Adam.</summary>
    public double AdamEpsilon { get; init; } = 1e-8;

    /// <summary>Steps of the environment between copies of the network to the target network.</summary>
    public int TargetPeriod { get; init; } = 500;

    /// <summary>Share of random actions at first.</summary>
    public double FirstEpsilon { get; init; } = 1;

    /// <summary>Share of random actions at last.</summary>
    public double LastEpsilon { get; init; } = 0.05;

    /// <summary>Share of learning over which epsilon falls.</summary>
    public double ExplorationFraction { get; init; } = 0.5;

    /// <summary>Whether each copy of the environment keeps an epsilon of its own for good, see <see cref="ExplorationSchedule.Ladder"/>.</summary>
    public bool ExplorationLadder { get; init; }

    /// <summary>epsilon of the first copy on the ladder.</summary>
    public double LadderEpsilon { get; init; } = 0.4;

    /// <summary>alpha of the ladder.</summary>
    public double LadderAlpha { get; init; } = 7;

    /// <summary>Whether the loss is Huber's instead of the square, for values that are means.</summary>
    public bool Huber { get; init; }

    /// <summary>Norm to which gradients are clipped; 0 for none.</summary>
    public double MaximumGradientNorm { get; init; }

    /// <summary>Whether the online network chooses the action whose target value counts (Double DQN).</summary>
    public bool Double { get; init; }

    /// <summary>Whether Q = V + A - mean A.</summary>
    public bool Dueling { get; init; }

    /// <summary>Whether transitions are drawn by priority.</summary>
    public bool Prioritized { get; init; }

    /// <summary>Exponent of the priorities.</summary>
    public double PriorityAlpha { get; init; } = 0.5;

    /// <summary>Exponent of the importance weights at first; it rises to 1 in a line.</summary>
    public double PriorityBeta { get; init; } = 0.4;

    /// <summary>Whether the head is noisy; there are then no random actions after <see cref="OffPolicyOptions.LearningStarts"/>.</summary>
    public bool Noisy { get; init; }

    /// <summary>First deviation of the noise.</summary>
    public double NoiseDeviation { get; init; } = 0.5;

    /// <summary>What the network says about the return.</summary>
    public ValueDistribution Distribution { get; init; }

    /// <summary>Atoms or quantiles of a distribution.</summary>
    public int Atoms { get; init; } = 51;

    /// <summary>v_min, the lowest atom.</summary>
    public double MinimumValue { get; init; } = -10;

    /// <summary>v_max, the highest atom.</summary>
    public double MaximumValue { get; init; } = 10;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<DqnOptions> Schema { get; } = CreateSchema(() => new DqnOptions());

    /// <summary>The network of these options.</summary>
    internal ActionValueSettings Values => new()
    {
        Network = Network,
        Dueling = Dueling,
        Noisy = Noisy,
        NoiseDeviation = NoiseDeviation,
        Distribution = Distribution,
        Atoms = Atoms,
        MinimumValue = MinimumValue,
        MaximumValue = MaximumValue,
    };

    /// <summary>The schema with other defaults, as presets have them.</summary>
    internal static OptionSchema<DqnOptions> CreateSchema(Func<DqnOptions> defaults) => new OptionSchema<DqnOptions>(defaults)
        .OffPolicy()
        .Number("learning-rate", o => o.LearningRate, (o, v) => o with { LearningRate = v }, "Learning rate of Adam.", 0, 1)
        .Flag("anneal-learning-rate", o => o.AnnealLearningRate, (o, v) => o with { AnnealLearningRate = v }, "Whether the learning rate falls linearly to 0.")
        .Number("adam-epsilon", o => o.AdamEpsilon, (o, v) => o with { AdamEpsilon = v }, "epsilon of Adam.", 0, 1)
        .Integer("target-period", o => o.TargetPeriod, (o, v) => o with { TargetPeriod = v }, "Steps between copies of the network to the target network.", 1)
        .Number("first-epsilon", o => o.FirstEpsilon, (o, v) => o with { FirstEpsilon = v }, "Share of random actions at first.", 0, 1)
        .Number("last-epsilon", o => o.LastEpsilon, (o, v) => o with { LastEpsilon = v }, "Share of random actions at last.", 0, 1)
        .Number("exploration-fraction", o => o.ExplorationFraction, (o, v) => o with { ExplorationFraction = v }, "Share of learning over which epsilon falls.", 0, 1)
        .Flag("exploration-ladder", o => o.ExplorationLadder, (o, v) => o with { ExplorationLadder = v }, "Whether each copy keeps an epsilon of its own.")
        .Number("ladder-epsilon", o => o.LadderEpsilon, (o, v) => o with { LadderEpsilon = v }, "epsilon of the first copy on the ladder.", 0, 1)
        .Number("ladder-alpha", o => o.LadderAlpha, (o, v) => o with { LadderAlpha = v }, "alpha of the ladder.", 0, 1000)
        .Flag("huber", o => o.Huber, (o, v) => o with { Huber = v }, "Whether the loss is Huber's instead of the square.")
        .Number("maximum-gradient-norm", o => o.MaximumGradientNorm, (o, v) => o with { MaximumGradientNorm = v }, "Norm to which gradients are clipped; 0 for none.", 0)
        .Flag("double", o => o.Double, (o, v) => o with { Double = v }, "Whether the online network chooses the action whose target value counts.")
        .Flag("dueling", o => o.Dueling, (o, v) => o with { Dueling = v }, "Whether Q = V + A - mean A.")
        .Flag("prioritized", o => o.Prioritized, (o, v) => o with { Prioritized = v }, "Whether transitions are drawn by priority.")
        .Number("priority-alpha", o => o.PriorityAlpha, (o, v) => o with { PriorityAlpha = v }, "Exponent of the priorities.", 0, 10)
        .Number("priority-beta", o => o.PriorityBeta, (o, v) => o with { PriorityBeta = v }, "Exponent of the importance weights at first; it rises to 1.", 0, 1)
        .Flag("noisy", o => o.Noisy, (o, v) => o with { Noisy = v }, "Whether the head is noisy.")
        .Number("noise-deviation", o => o.NoiseDeviation, (o, v) => o with { NoiseDeviation = v }, "First deviation of the noise.", 0, 100)
        .Choice("distribution", o => o.Distribution, (o, v) => o with { Distribution = v }, "What the network says about the return.", ("mean", ValueDistribution.Mean), ("categorical", ValueDistribution.Categorical), ("quantile", ValueDistribution.Quantile))
        .Integer("atoms", o => o.Atoms, (o, v) => o with { Atoms = v }, "Atoms or quantiles of a distribution.", 2, 10_000)
        .Number("minimum-value", o => o.MinimumValue, (o, v) => o with { MinimumValue = v }, "v_min, the lowest atom.", -1e30, 1e30)
        .Number("maximum-value", o => o.MaximumValue, (o, v) => o with { MaximumValue = v }, "v_max, the highest atom.", -1e30, 1e30)
        .Rule(o => o.MinimumValue < o.MaximumValue ? null : $"'minimum-value' is {o.MinimumValue}, expected less than 'maximum-value', {o.MaximumValue}");
}
