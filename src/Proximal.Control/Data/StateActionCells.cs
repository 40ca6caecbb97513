using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Proximal.Control.Spaces;

namespace Proximal.Control.Data;

/// <summary>A grid over states and actions: whole numbers are cells of their own, real ones fall into bins of equal size.</summary>
public sealed class StateActionCells
{
    private readonly float[] low;
    private readonly float[] scale;
    private readonly int bins;

    /// <summary>Lays the grid over the range of a data set; what lies outside falls into the cells at the border.</summary>
    /// <param name="reference">The data set.</param>
    /// <param name="bins">Bins per real number, 2 to 65536.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside its range.</exception>
    public StateActionCells(OfflineDataset reference, int bins = 10)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bins, 1 << 16);
        this.bins = bins;
        int width = reference.ObservationSpace.Width, actionWidth = reference.ActionSpace.Width;
        low = new float[width + actionWidth];
        scale = new float[low.Length];
        Measure(reference.ObservationSpace, reference.Observations, low.AsSpan(0, width), scale.AsSpan(0, width));
        Measure(reference.ActionSpace, reference.Actions, low.AsSpan(width), scale.AsSpan(width));
    }

    /// <summary>Number of different cells that the states and actions of a data set fall into.</summary>
    /// <exception cref="ArgumentException">Its rows have other widths.</exception>
    public int CountDistinct(OfflineDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        int width = dataset.ObservationSpace.Width;
        if (width + dataset.ActionSpace.Width != low.Length)
        {
            throw new ArgumentException($"Data of {dataset.Information.Environment} has rows of {width + dataset.ActionSpace.Width} numbers, the grid {low.Length}.", nameof(dataset));
        }

        HashSet<UInt128> seen = [];
        int[] cell = new int[low.Length];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        for (int i = 0; i < dataset.Count; i++)
        {
            Place(dataset.Observation(i), low.AsSpan(0, width), scale.AsSpan(0, width), cell.AsSpan(0, width));
            Place(dataset.Action(i), low.AsSpan(width), scale.AsSpan(width), cell.AsSpan(width));
            SHA256.HashData(MemoryMarshal.AsBytes<int>(cell), digest);
            seen.Add(MemoryMarshal.Read<UInt128>(digest));
        }

        return seen.Count;
    }

    private void Measure(Space space, ReadOnlySpan<float> rows, Span<float> lows, Span<float> scales)
    {
        if (space is DiscreteSpace or MultiDiscreteSpace)
        {
            lows.Clear();
            scales.Clear();
            return;
        }

        for (int column = 0; column < lows.Length; column++)
        {
            (float smallest, float largest) = (float.PositiveInfinity, float.NegativeInfinity);
            for (int at = column; at < rows.Length; at += lows.Length)
            {
                smallest = Math.Min(smallest, rows[at]);
                largest = Math.Max(largest, rows[at]);
            }

            lows[column] = smallest;
            scales[column] = bins / Math.Max(largest - smallest, 1e-30f);
        }
    }

    private void Place(ReadOnlySpan<float> row, ReadOnlySpan<float> lows, ReadOnlySpan<float> scales, Span<int> cell)
    {
        for (int i = 0; i < row.Length; i++)
        {
            cell[i] = scales[i] == 0 ? (int)row[i] : (int)Math.Clamp((row[i] - lows[i]) * scales[i], 0, bins - 1);
        }
    }
}
