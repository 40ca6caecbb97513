namespace Proximal.Analysis.Diagnostics;

/// <summary>
/// What the next-token distributions of a batch say, one column a statistic, computed once and read by every rule and diagnostic so that both
/// use the same numbers. Double precision from float32 logits z, p = softmax(z), natural logarithms. A token that the mask leaves out holds NaN
/// in every column and its logits are not read. A counted row without a distribution (NaN, +∞ or nothing but -∞ among its logits) holds NaN
/// too and is counted in <see cref="NonFiniteRows"/>; single logits of -∞ are tokens of probability zero.
/// </summary>
public sealed class TokenStatistics
{
    private TokenStatistics(int rows, int topK)
    {
        TopCount = topK;
        Entropy = NewColumn(rows);
        LogProb = NewColumn(rows);
        Discriminator = NewColumn(rows);
        ExpectedDiscriminator = NewColumn(rows);
        Varentropy = NewColumn(rows);
        CollisionProbability = NewColumn(rows);
        TopLogProbs = NewColumn(checked(rows * topK));
        Window = NewColumn(rows);
    }

    /// <summary>H = logsumexp(z) - Σ p z. [rows]</summary>
    public double[] Entropy { get; }

    /// <summary>log p of the chosen token. [rows]</summary>
    public double[] LogProb { get; }

    /// <summary>S = p (H + log p) of the chosen token: minus the slope of the entropy along its logit. [rows]</summary>
    public double[] Discriminator { get; }

    /// <summary>E_p S = Σ p S. [rows]</summary>
    public double[] ExpectedDiscriminator { get; }

    /// <summary>Variance of log p under p. [rows]</summary>
    public double[] Varentropy { get; }

    /// <summary>Σ p²: the chance that two draws agree. [rows]</summary>
    public double[] CollisionProbability { get; }

    /// <summary>The highest log-probabilities, falling. [rows, TopCount]</summary>
    public double[] TopLogProbs { get; }

    /// <summary>Mean entropy of the window of each token; NaN where the window leaves its sequence or meets a token that does not count. [rows]</summary>
    public double[] Window { get; }

    /// <summary>Columns of <see cref="TopLogProbs"/>.</summary>
    public int TopCount { get; }

    /// <summary>Counted rows whose logits are no distribution.</summary>
    public int NonFiniteRows { get; private set; }

    /// <summary>The highest log-probabilities of one row, falling. [TopCount]</summary>
    public ReadOnlySpan<double> Top(int row) => TopLogProbs.AsSpan(row * TopCount, TopCount);

    /// <summary>Computes the statistics of a batch laid end to end.</summary>
    /// <param name="logits">Logits at the temperature of the statistic. [rows, vocabulary]</param>
    /// <param name="tokens">Chosen token of each row. [rows]</param>
    /// <param name="mask">Rows that count. [rows]</param>
    /// <param name="sequenceOffsets">First row of each sequence and the end of the last. [sequences + 1]; empty for one sequence.</param>
    /// <param name="options">Columns to keep; null for the defaults.</param>
    /// <exception cref="ArgumentException">Shapes disagree, a counted token is outside the vocabulary, or the offsets are no partition.</exception>
    public static TokenStatistics Compute(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<int> tokens,
        ReadOnlySpan<bool> mask,
        ReadOnlySpan<int> sequenceOffsets = default,
        TokenStatisticsOptions? options = null)
    {
        options ??= new TokenStatisticsOptions();
        options.Validate();
        int rows = tokens.Length;
        Columns.RequireLength(mask.Length, rows, nameof(mask));
        if (rows == 0 ? logits.Length != 0 : logits.Length == 0 || logits.Length % rows != 0)
        {
            throw new ArgumentException($"{logits.Length} logits do not divide into {rows} rows.", nameof(logits));
        }

        int vocabulary = rows == 0 ? 0 : logits.Length / rows;
        var statistics = new TokenStatistics(rows, Math.Min(options.TopK, vocabulary));
        for (int row = 0; row < rows; row++)
        {
            if (!mask[row])
            {
                continue;
            }

            if ((uint)tokens[row] >= (uint)vocabulary)
            {
                throw new ArgumentException($"Token {tokens[row]} of row {row} is outside the vocabulary of {vocabulary}.", nameof(tokens));
            }

            statistics.ComputeRow(logits.Slice(row * vocabulary, vocabulary), tokens[row], row);
        }

        WindowEntropy.Compute(statistics.Entropy, mask, sequenceOffsets, options.WindowWidth, options.WindowPlacement, statistics.Window);
        return statistics;
    }

    private static double[] NewColumn(int length)
    {
        double[] column = new double[length];
        Array.Fill(column, double.NaN);
        return column;
    }

    private void ComputeRow(ReadOnlySpan<float> logits, int token, int row)
    {
        var moments = LogitMoments.Compute(logits);
        if (!moments.IsDistribution)
        {
            NonFiniteRows++;
            return;
        }

        double entropy = moments.Entropy;
        double logProb = logits[token] - moments.LogSumExp;
        double probability = Math.Exp(logProb);
        Entropy[row] = entropy;
        LogProb[row] = logProb;
        Discriminator[row] = probability == 0 ? 0 : probability * (entropy + logProb);
        ExpectedDiscriminator[row] = moments.ExpectedDiscriminator;
        Varentropy[row] = moments.Varentropy;
        CollisionProbability[row] = moments.CollisionProbability;

        Span<double> top = TopLogProbs.AsSpan(row * TopCount, TopCount);
        top.Fill(double.NegativeInfinity);
        foreach (float logit in logits)
        {
            double value = logit - moments.LogSumExp;
            if (value <= top[^1])
            {
                continue;
            }

            int place = TopCount - 1;
            for (; place > 0 && top[place - 1] < value; place--)
            {
                top[place] = top[place - 1];
            }

            top[place] = value;
        }
    }
}
