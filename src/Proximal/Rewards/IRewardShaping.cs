using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Rewards;

/// <summary>A change to the rewards of a batch, after its log-probabilities are known and before advantages are computed.</summary>
public interface IRewardShaping : IComponent
{
    /// <summary>
    /// Changes <see cref="PathBatch.TokenReward"/> and, by the same sum, <see cref="PathBatch.Rewards"/>, so that token-level and outcome-level
    /// advantages see the same return. <see cref="PathBatch.Scores"/> stays as the verifier gave it.
    /// </summary>
    void Shape(PathBatch batch);
}
