using Proximal.Rollouts;

namespace Proximal.Aggregation;

/// <summary>The weight that each token's loss has in the total.</summary>
public static class LossAggregation
{
    /// <summary>The weights of all tokens, 0 where the mask is 0; all 0 when no token is valid.</summary>
    /// <param name="mode">How losses become one number.</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    /// <param name="offsets">First token of each path, then the number of tokens. [paths + 1]</param>
    /// <param name="scale">S, for the two modes that have it.</param>
    /// <param name="weights">Receives the weights. [tokens]</param>
    public static void Compute(AggregationMode mode, ReadOnlySpan<float> mask, ReadOnlySpan<int> offsets, double scale, Span<float> weights)
    {
        int sequences = 0;
        for (int path = 0; path + 1 < offsets.Length; path++)
        {
            sequences += Columns.Count(mask[offsets[path]..offsets[path + 1]]) > 0 ? 1 : 0;
        }

        double tokens = Columns.Count(mask);
        for (int path = 0; path + 1 < offsets.Length; path++)
        {
            int start = offsets[path], end = offsets[path + 1];
            double denominator = mode switch
            {
                AggregationMode.TokenMean => tokens,
                AggregationMode.SequenceMeanTokenSum => sequences,
                AggregationMode.SequenceMeanTokenMean => (double)sequences * Columns.Count(mask[start..end]),
                AggregationMode.TokenSumOverScale => scale,
                _ => sequences * scale,
            };
            for (int t = start; t < end; t++)
            {
                weights[t] = mask[t] == 0 ? 0 : (float)(1 / denominator);
            }
        }
    }
}
