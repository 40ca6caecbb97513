using Proximal.Tensors.Random;

namespace Proximal.Models.Generation;

/// <summary>Draws a token from a row of logits. Holds scratch memory: one sampler a thread.</summary>
internal sealed class TokenSampler(SamplingOptions options)
{
    // Beyond every position that a path can have, so that noise and draws share no numbers.
    private const long FirstNoise = 1L << 40;

    private double[] probabilities = [];
    private float[] noisy = [];
    private int[] order = [];

    /// <summary>Draws a token at a position of a path.</summary>
    /// <param name="logits">Logits of the model. [vocabulary]</param>
    /// <param name="random">The numbers of the path.</param>
    /// <param name="position">Position of the token.</param>
    /// <param name="logProb">Log-probability of the token under the distribution drawn from; for the model's own distribution the caller computes it instead.</param>
    public int Sample(ReadOnlySpan<float> logits, RandomStream random, int position, out double logProb)
    {
        double uniform = random.Uniform(position);
        if (options.LogitNoise == 0)
        {
            return Sample(logits, uniform, out logProb);
        }

        if (noisy.Length < logits.Length)
        {
            noisy = new float[logits.Length];
        }

        for (int i = 0; i < logits.Length; i++)
        {
            noisy[i] = logits[i] + (float)(options.LogitNoise * random.Normal(FirstNoise + ((long)position * logits.Length) + i));
        }

        return Sample(noisy.AsSpan(0, logits.Length), uniform, out logProb);
    }

    /// <summary>Draws a token by inverting the cumulative distribution at a uniform number.</summary>
    /// <param name="logits">Logits of the model. [vocabulary]</param>
    /// <param name="uniform">A number in [0, 1).</param>
    /// <param name="logProb">Log-probability of the token under the distribution drawn from; for the model's own distribution the caller computes it instead.</param>
    public int Sample(ReadOnlySpan<float> logits, double uniform, out double logProb)
    {
        if (options.Temperature == 0)
        {
            logProb = 0;
            return ArgumentOfMaximum(logits);
        }

        if (probabilities.Length < logits.Length)
        {
            probabilities = new double[logits.Length];
            order = new int[logits.Length];
        }

        Span<double> weights = probabilities.AsSpan(0, logits.Length);
        float maximum = logits[ArgumentOfMaximum(logits)];
        double total = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            weights[i] = Math.Exp((logits[i] - maximum) / options.Temperature);
            total += weights[i];
        }

        if (!options.IsModelDistribution)
        {
            total = Truncate(weights, total);
        }

        double threshold = uniform * total, sum = 0;
        int token = -1;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] == 0)
            {
                continue;
            }

            token = i;
            sum += weights[i];
            if (sum > threshold)
            {
                break;
            }
        }

        logProb = Math.Log(weights[token] / total);
        return token;
    }

    private static int ArgumentOfMaximum(ReadOnlySpan<float> logits)
    {
        int best = 0;
        for (int i = 1; i < logits.Length; i++)
        {
            if (logits[i] > logits[best])
            {
                best = i;
            }
        }

        return best;
    }

    private double Truncate(Span<double> weights, double total)
    {
        // The largest weight is 1 by construction (the maximum was subtracted).
        if (options.MinP > 0)
        {
            foreach (ref double weight in weights)
            {
                weight = weight < options.MinP ? 0 : weight;
            }
        }

        if (options.TopK > 0 || options.TopP < 1)
        {
            Span<int> ranks = order.AsSpan(0, weights.Length);
            for (int i = 0; i < ranks.Length; i++)
            {
                ranks[i] = i;
            }

            double[] all = probabilities;
            ranks.Sort((a, b) => all[a] != all[b] ? all[b].CompareTo(all[a]) : a.CompareTo(b));
            int kept = options.TopK > 0 ? Math.Min(options.TopK, ranks.Length) : ranks.Length;
            double sum = 0;
            for (int rank = 0; rank < ranks.Length; rank++)
            {
                if (rank >= kept || (rank > 0 && sum >= options.TopP * total))
                {
                    weights[ranks[rank]] = 0;
                    continue;
                }

                sum += weights[ranks[rank]];
            }
        }

        double remaining = 0;
        foreach (double weight in weights)
        {
            remaining += weight;
        }

        return remaining;
    }
}
