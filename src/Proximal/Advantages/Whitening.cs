namespace Proximal.Advantages;

/// <summary>Standardization over the valid tokens of a whole batch.</summary>
public static class Whitening
{
    private const double Epsilon = 1e-8;

    /// <summary>
    /// <c>x ← (x - mean) / √(var + 1e-8)</c> over tokens with mask 1, with the unbiased variance; tokens with mask 0 become 0. With fewer than two
    /// valid tokens, or equal ones, the result is 0.
    /// </summary>
    /// <param name="values">The numbers, in place. [tokens]</param>
    /// <param name="mask">1 on valid tokens. [tokens]</param>
    public static void Apply(Span<float> values, ReadOnlySpan<float> mask)
    {
        double sum = 0;
        int count = 0;
        for (int t = 0; t < values.Length; t++)
        {
            if (mask[t] != 0)
            {
                sum += values[t];
                count++;
            }
        }

        double mean = sum / Math.Max(1, count), squares = 0;
        for (int t = 0; t < values.Length; t++)
        {
            squares += mask[t] == 0 ? 0 : (values[t] - mean) * (values[t] - mean);
        }

        double scale = 1 / Math.Sqrt((squares / Math.Max(1, count - 1)) + Epsilon);
        for (int t = 0; t < values.Length; t++)
        {
            values[t] = mask[t] == 0 ? 0 : (float)((values[t] - mean) * scale);
        }
    }
}
