using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Advantages;

/// <summary>Rewards of the batch to an advantage for every policy token.</summary>
public interface IAdvantage : IComponent
{
    /// <summary>Writes <see cref="PathBatch.Advantage"/> (and <see cref="PathBatch.Returns"/> where there is a critic) from the rewards of the whole batch.</summary>
    /// <exception cref="NonFiniteException">A reward or value that is not finite.</exception>
    void Compute(PathBatch batch);
}
