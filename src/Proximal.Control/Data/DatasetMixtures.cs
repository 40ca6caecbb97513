using System.Globalization;

namespace Proximal.Control.Data;

/// <summary>Data sets made of others.</summary>
public static class DatasetMixtures
{
    /// <summary>Data sets of one environment, one after the other.</summary>
    /// <param name="source">Name of the whole, as <c>medium-expert</c>.</param>
    /// <param name="parts">The parts.</param>
    /// <exception cref="ArgumentException">There is no part, or they differ in their spaces.</exception>
    public static OfflineDataset Concatenate(string source, params ReadOnlySpan<OfflineDataset> parts)
    {
        DatasetBuilder builder = Begin(parts.IsEmpty ? throw new ArgumentException("There is no data set to join.", nameof(parts)) : parts[0], source);
        foreach (OfflineDataset part in parts)
        {
            builder.Add(part, 0, part.Count);
        }

        return builder.ToDataset();
    }

    /// <summary>Two data sets in a proportion: of each the first trajectories, with the last one cut off where it is too long.</summary>
    /// <param name="first">One, as expert data.</param>
    /// <param name="second">The other, as random data.</param>
    /// <param name="share">The part of the transitions that comes from the first, 0 to 1.</param>
    /// <param name="count">Transitions of the mixture.</param>
    /// <exception cref="ArgumentException">They differ in their spaces, or have too few transitions.</exception>
    public static OfflineDataset Mix(OfflineDataset first, OfflineDataset second, double share, int count)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        int fromFirst = share >= 0 && share <= 1 ? (int)Math.Round(share * count) : throw new ArgumentOutOfRangeException(nameof(share), share, "The share is outside 0 to 1.");
        if (first.Count < fromFirst || second.Count < count - fromFirst)
        {
            throw new ArgumentException($"A mixture of {fromFirst} and {count - fromFirst} transitions needs as many, there are {first.Count} and {second.Count}.", nameof(count));
        }

        DatasetBuilder builder = Begin(first, string.Create(CultureInfo.InvariantCulture, $"mixed-{share}"));
        builder.Add(first, 0, fromFirst);
        builder.EndTrajectory();
        builder.Add(second, 0, count - fromFirst);
        return builder.ToDataset();
    }

    private static DatasetBuilder Begin(OfflineDataset dataset, string source) =>
        new(dataset.ObservationSpace, dataset.ActionSpace, dataset.Information with { Source = source });
}
