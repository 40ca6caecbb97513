using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Ratios;

/// <summary>Detached weights on the surrogate that correct for a sampler which differs from the trainer (old against behaviour).</summary>
public interface ICorrection : IComponent
{
    /// <summary>Writes the weight of every token; 0 removes it from the loss, not from the denominators.</summary>
    /// <param name="batch">The minibatch.</param>
    /// <param name="weight">Receives the weights. [tokens]</param>
    void Compute(PathBatch batch, Span<float> weight);
}
