using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Aggregation;

/// <summary>Per-token losses to one number: a weight for each token, so that the loss is the weighted sum.</summary>
public interface IAggregation : IComponent
{
    /// <summary>Writes the weight of every token, 0 where the mask is 0, from the counts of the whole minibatch: splitting it into parts changes nothing.</summary>
    void Compute(PathBatch batch, Span<float> weights);
}
