using Proximal.Tasks;

namespace Proximal.Clipping;

/// <summary>The preference losses of a group of responses that rules have sorted into levels, on plain arrays.</summary>
public static class PreferenceLevels
{
    /// <summary>The level of a response: 1 right, 2 wrong, 3 of the required form but without an answer that can be read, 4 not of the required form.</summary>
    public static int Of(Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        return !verdict.FormatOk ? 4 : !verdict.Parsed ? 3 : verdict.Correct ? 1 : 2;
    }

    /// <summary>
    /// The sum over the pairs of one group of <c>-log σ(s_a β (Δ_i - Δ_j))</c>, i of a better level a than j, with <c>s_1</c> for pairs that level 1 wins and 1 for the others.
    /// </summary>
    /// <param name="levels">1 is best; 0 takes no part. [responses]</param>
    /// <param name="differences">Δ: mean log-ratio of each response to the anchor. [responses]</param>
    /// <param name="options">β, s_1 and which pairs.</param>
    /// <param name="gradient">Receives the derivative of the sum with respect to each Δ. [responses]</param>
    /// <returns>The sum, how many pairs there are, and how many of them the Δ order rightly.</returns>
    public static (double Loss, int Pairs, int Ordered) Compute(
        ReadOnlySpan<int> levels, ReadOnlySpan<double> differences, TrustRegionPreferenceOptions options, Span<double> gradient)
    {
        ArgumentNullException.ThrowIfNull(options);
        gradient.Clear();
        double loss = 0;
        int pairs = 0, ordered = 0;
        for (int i = 0; i < levels.Length; i++)
        {
            for (int j = 0; j < levels.Length; j++)
            {
                if (!IsPair(levels, i, j, options.Pairs))
                {
                    continue;
                }

                double slope = options.Beta * (levels[i] == 1 ? options.BestSlope : 1), margin = slope * (differences[i] - differences[j]);
                loss += NegativeLogSigmoid(margin);
                double derivative = -slope / (1 + Math.Exp(margin));
                gradient[i] += derivative;
                gradient[j] -= derivative;
                pairs++;
                ordered += margin > 0 ? 1 : 0;
            }
        }

        return (loss, pairs, ordered);
    }

    /// <summary>How many pairs <see cref="Compute"/> counts in a group.</summary>
    public static int Count(ReadOnlySpan<int> levels, PreferencePairs kind)
    {
        int pairs = 0;
        for (int i = 0; i < levels.Length; i++)
        {
            for (int j = 0; j < levels.Length; j++)
            {
                pairs += IsPair(levels, i, j, kind) ? 1 : 0;
            }
        }

        return pairs;
    }

    /// <summary>The loss of a response by itself, <c>-log σ(±Δ)</c> with + for level 1, for a minibatch without any pair; and its derivative.</summary>
    public static (double Loss, double Gradient) Single(int level, double difference)
    {
        double sign = level == 1 ? 1 : -1;
        return (NegativeLogSigmoid(sign * difference), -sign / (1 + Math.Exp(sign * difference)));
    }

    private static bool IsPair(ReadOnlySpan<int> levels, int winner, int loser, PreferencePairs kind)
    {
        if (levels[winner] == 0 || levels[winner] >= levels[loser])
        {
            return false;
        }

        if (kind == PreferencePairs.All)
        {
            return true;
        }

        int best = int.MaxValue, worst = 0;
        foreach (int level in levels)
        {
            best = level == 0 ? best : Math.Min(best, level);
            worst = Math.Max(worst, level);
        }

        return winner == levels.IndexOf(best) && loser == levels.IndexOf(worst);
    }

    private static double NegativeLogSigmoid(double x) => x > 0 ? Math.Log(1 + Math.Exp(-x)) : Math.Log(1 + Math.Exp(x)) - x;
}
