using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Clipping;

/// <summary>Ratio and advantage to a surrogate loss for each token.</summary>
public interface IClipping : IComponent
{
    /// <summary>Writes loss, derivatives and clip marks of every token whose mask is 1; the rest stays zero.</summary>
    void Apply(PathBatch batch, ReadOnlySpan<float> ratio, Surrogate surrogate);
}
