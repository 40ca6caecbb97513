namespace Proximal.Analysis.Diagnostics;

/// <summary>Checks that columns of one batch fit together, and the sums that most statistics share.</summary>
internal static class Columns
{
    public static void RequireLength(int actual, int expected, string name)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"{name} has {actual} entries where {expected} are expected.", name);
        }
    }

    public static void RequireOffsets(ReadOnlySpan<int> offsets, int rows, string name = "offsets")
    {
        if (offsets.Length == 0 || offsets[0] != 0 || offsets[^1] != rows)
        {
            throw new ArgumentException($"{name} must begin with 0 and end with {rows}, the number of entries.", name);
        }

        for (int i = 1; i < offsets.Length; i++)
        {
            if (offsets[i] < offsets[i - 1])
            {
                throw new ArgumentException($"{name} falls from {offsets[i - 1]} to {offsets[i]} at index {i}; it must not fall.", name);
            }
        }
    }

    public static int Count(ReadOnlySpan<bool> mask) => System.MemoryExtensions.Count(mask, true);

    public static double MaskedSum(ReadOnlySpan<double> values, ReadOnlySpan<bool> mask)
    {
        RequireLength(mask.Length, values.Length, nameof(mask));
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (mask[i])
            {
                sum += values[i];
            }
        }

        return sum;
    }

    public static double MaskedMean(ReadOnlySpan<double> values, ReadOnlySpan<bool> mask) => MaskedSum(values, mask) / Count(mask);

    public static double[] Gather(ReadOnlySpan<double> values, ReadOnlySpan<bool> mask)
    {
        RequireLength(mask.Length, values.Length, nameof(mask));
        double[] gathered = new double[Count(mask)];
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (mask[i])
            {
                gathered[count++] = values[i];
            }
        }

        return gathered;
    }
}
