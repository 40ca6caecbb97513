using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Selection;

/// <summary>Weights on rollouts and tokens.</summary>
public interface ISelection : IComponent
{
    /// <summary>Multiplies <see cref="PathBatch.Weight"/>, or zeroes <see cref="PathBatch.Mask"/> for what must not even count. Runs after advantages.</summary>
    void Select(PathBatch batch);
}
