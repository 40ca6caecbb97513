using Proximal.Environments;
using Proximal.Rewards;
using Proximal.Tasks;

namespace Proximal.Training;

/// <summary>Parts of a run that user code brings itself; what stays null comes from the recipe.</summary>
public sealed class TrainingOverrides
{
    /// <summary>The task, in place of the recipe's.</summary>
    public ITask? Task { get; set; }

    /// <summary>Reward terms, in place of the recipe's.</summary>
    public IReadOnlyList<WeightedReward>? Rewards { get; set; }

    /// <summary>The environment that answers the policy's turns, in place of the recipe's.</summary>
    public IEnvironment? Environment { get; set; }

    /// <summary>Where prompts come from; uniform over the training split when null.</summary>
    public IPromptSource? Prompts { get; set; }

    /// <summary>Tokens of a microbatch: activations of small models then stay in the caches, and those of large ones in memory. No part of the results.</summary>
    internal int MicrobatchTokens { get; set; } = 512;

    /// <summary>The same parts, for models that are made anew.</summary>
    internal TrainingOverrides Copy() => (TrainingOverrides)MemberwiseClone();
}
