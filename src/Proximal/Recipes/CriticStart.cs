namespace Proximal.Recipes;

/// <summary>Where a critic starts from.</summary>
public enum CriticStart
{
    /// <summary>The trunk of the policy and a head of zeros.</summary>
    Policy,

    /// <summary>Trunk and head of the reward model that the run trains.</summary>
    RewardModel,
}
