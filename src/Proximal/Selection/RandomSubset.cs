using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Tensors.Random;

namespace Proximal.Selection;

/// <summary>A random share of all rollouts of a batch, as a baseline of chosen subsets. The draw depends on seed and step of the batch alone. What is left out does not count.</summary>
public sealed class RandomSubset(SubsetOptions options) : ISelection, IMetricSource
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<ISelection, SubsetOptions> Definition { get; } = new(
        new ComponentInfo(
            "random-subset",
            Seam.Selection,
            "Keeps a random share of the rollouts.",
            "m_{i,t} = 0 unless i is among ⌈share N⌉ rollouts drawn without replacement",
            "Baseline of down-sampling methods"),
        SubsetOptions.Schema,
        options => new RandomSubset(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>How many rollouts and tokens the last batch kept.</summary>
    public IEnumerable<(string Name, double Value)> Metrics { get; private set; } = [];

    /// <inheritdoc/>
    public void Select(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        int[] valid = [.. RolloutSubset.Valid(batch, ..batch.PathCount)];
        new RandomStream(batch.Seed, RandomPurpose.Component, batch.Step).Shuffle(valid.AsSpan());
        foreach (int path in valid[RolloutSubset.Count(options.Share, valid.Length)..])
        {
            RolloutSubset.Drop(batch, path);
        }

        Metrics = RolloutSubset.Left(batch);
    }
}
