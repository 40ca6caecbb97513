using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Selection;

/// <summary>Weights on rollouts and tokens.</summary>
public interface ISelection : IComponent
{
    /// <summary>
    /// Whether it selects anew before every update, from the minibatch as the policy sees it then; what it takes out comes back after the update. Otherwise it
    /// selects once, after the advantages.
    /// </summary>
    bool EveryUpdate => false;

    /// <summary>Multiplies <see cref="PathBatch.Weight"/>, or zeroes <see cref="PathBatch.Mask"/> for what must not even count.</summary>
    void Select(PathBatch batch);
}
