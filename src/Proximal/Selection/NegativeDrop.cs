using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Tensors.Random;

namespace Proximal.Selection;

/// <summary>
/// RED-Drop: of the responses of a group with a negative advantage, as many are kept at random as there are positive ones; the rest does not count. A
/// response is judged by the sum of its tokens' advantages. The draw depends on seed and step of the batch alone.
/// </summary>
public sealed class NegativeDrop : ISelection
{
    private int[] negatives = [];

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<ISelection, NoOptions> Definition { get; } = new(
        new ComponentInfo(
            "red-drop",
            Seam.Selection,
            "Drops negative responses at random until a group has no more of them than positive ones.",
            "m_{i,t} = 0 for max(0, #{A < 0} - #{A > 0}) random i of the group with A_i < 0",
            "Yao et al. 2025, Group-Relative REINFORCE Is Secretly an Off-Policy Algorithm, arXiv:2509.24203")
        {
            Mechanism =
                "Negative gradients say what not to write and little about what to write instead; when they outnumber positive ones they dominate an update. Because " +
                "group-relative REINFORCE makes no assumption on where its data come from, surplus negatives may simply be left out.",
        },
        NoOptions.Schema,
        _ => new NegativeDrop());

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    public void Select(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Span<int> candidates = Columns.Rent(ref negatives, batch.PathCount);
        for (int group = 0; group < batch.GroupCount; group++)
        {
            int count = 0, positives = 0;
            for (int path = batch.GroupOffsets[group]; path < batch.GroupOffsets[group + 1]; path++)
            {
                double advantage = 0;
                for (int t = batch.PathOffsets[path]; t < batch.PathOffsets[path + 1]; t++)
                {
                    advantage += batch.Mask[t] == 0 ? 0 : batch.Advantage[t];
                }

                positives += advantage > 0 ? 1 : 0;
                if (advantage < 0)
                {
                    candidates[count++] = path;
                }
            }

            new RandomStream(batch.Seed, RandomPurpose.Component, batch.Step, group).Shuffle(candidates[..count]);
            for (int i = positives; i < count; i++)
            {
                batch.Mask[batch.Path(candidates[i])].Clear();
                batch.Weight[batch.Path(candidates[i])].Clear();
            }
        }
    }
}
