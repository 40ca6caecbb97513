using Proximal.Rollouts;
using Proximal.Selection;

namespace Proximal.Training;

/// <summary>The selections that are made anew for every update: applied before it, undone after it.</summary>
/// <param name="all">All selections of the stage.</param>
internal sealed class UpdateSelection(IReadOnlyList<ISelection> all)
{
    private readonly ISelection[] selections = [.. all.Where(selection => selection.EveryUpdate)];
    private float[] mask = [];
    private float[] weight = [];

    /// <summary>Selects.</summary>
    public void Apply(PathBatch minibatch)
    {
        if (selections.Length == 0)
        {
            return;
        }

        minibatch.Mask.CopyTo(Columns.Rent(ref mask, minibatch.TokenCount));
        minibatch.Weight.CopyTo(Columns.Rent(ref weight, minibatch.TokenCount));
        foreach (ISelection selection in selections)
        {
            selection.Select(minibatch);
        }
    }

    /// <summary>Brings back what <see cref="Apply"/> took out.</summary>
    public void Undo(PathBatch minibatch)
    {
        if (selections.Length > 0)
        {
            mask.AsSpan(0, minibatch.TokenCount).CopyTo(minibatch.Mask);
            weight.AsSpan(0, minibatch.TokenCount).CopyTo(minibatch.Weight);
        }
    }
}
