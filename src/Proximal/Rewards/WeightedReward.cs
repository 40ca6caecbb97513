namespace Proximal.Rewards;

/// <summary>A reward term of a recipe.</summary>
/// <param name="Name">Name in metrics and samples.</param>
/// <param name="Weight">Factor in the total.</param>
/// <param name="Reward">The term.</param>
public sealed record WeightedReward(string Name, float Weight, IReward Reward);
