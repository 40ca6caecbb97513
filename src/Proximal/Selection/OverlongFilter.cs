using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Selection;

/// <summary>Overlong filtering: a response that was cut at the budget is neither right nor wrong, so its tokens do not count. Its reward still counts in its group.</summary>
public sealed class OverlongFilter : ISelection
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<ISelection, NoOptions> Definition { get; } = new(
        new ComponentInfo(
            "overlong-filter",
            Seam.Selection,
            "Masks responses that were cut at the token budget.",
            "m_{i,t} = 0 where response i was truncated",
            "Yu et al. 2025, DAPO, arXiv:2503.14476"),
        NoOptions.Schema,
        _ => new OverlongFilter());

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    public void Select(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (int path = 0; path < batch.PathCount; path++)
        {
            if (batch.Truncated[path] != 0)
            {
                batch.Mask[batch.Path(path)].Clear();
                batch.Weight[batch.Path(path)].Clear();
            }
        }
    }
}
