namespace Proximal.Objectives;

/// <summary>What a policy objective measured on a minibatch: sums that grow with each part, and the means over valid tokens.</summary>
public sealed class ObjectiveMetrics
{
    private readonly string[] regularizers;
    private readonly double[] regularizerSums;
    private double ratioSum;
    private double trustRegion;
    private double dual;
    private double covariance;
    private double divergence;
    private double lowVariance;
    private double entropy;
    private double correction;
    private long inserted;
    private double insertedRatio;
    private double insertedClips;

    internal ObjectiveMetrics(IReadOnlyList<string> regularizers)
    {
        this.regularizers = [.. regularizers];
        regularizerSums = new double[regularizers.Count];
        Reset();
    }

    /// <summary>The loss, penalties included.</summary>
    public double Loss { get; private set; }

    /// <summary>Number of valid tokens.</summary>
    public long Tokens { get; private set; }

    /// <summary>Mean ratio.</summary>
    public double RatioMean => Mean(ratioSum, 1);

    /// <summary>Smallest ratio; 1 without tokens.</summary>
    public double RatioMin { get; private set; }

    /// <summary>Largest ratio; 1 without tokens.</summary>
    public double RatioMax { get; private set; }

    /// <summary>Share of tokens at which the clip of the trust region was active.</summary>
    public double ClipFraction => Mean(trustRegion);

    /// <summary>Share of tokens at which the dual-clip floor was active.</summary>
    public double DualClipFraction => Mean(dual);

    /// <summary>Share of tokens that were chosen for their covariance.</summary>
    public double CovarianceFraction => Mean(covariance);

    /// <summary>Mean of log π_old - log π_θ: the k1 estimate of KL(π_old || π_θ), in nats a token.</summary>
    public double ApproximateDivergence => Mean(divergence);

    /// <summary>The k3 estimate of the same, which is never negative.</summary>
    public double ApproximateDivergenceK3 => Mean(lowVariance);

    /// <summary>Mean entropy, in nats a token.</summary>
    public double Entropy => Mean(entropy);

    /// <summary>Mean weight of the correction; 1 where there is none.</summary>
    public double CorrectionMean => Mean(correction, 1);

    /// <summary>Number of valid tokens of probes.</summary>
    public long InsertedTokens => inserted;

    /// <summary>Mean ratio of the tokens of probes; 1 without any.</summary>
    public double InsertedRatioMean => inserted == 0 ? 1 : insertedRatio / inserted;

    /// <summary>Share of the tokens of probes at which the clip of the trust region was active; 0 without any.</summary>
    public double InsertedClipFraction => inserted == 0 ? 0 : insertedClips / inserted;

    /// <summary>Number of regularizers.</summary>
    public int RegularizerCount => regularizers.Length;

    /// <summary>The metric name of a regularizer.</summary>
    public string RegularizerName(int index) => regularizers[index];

    /// <summary>Mean of the quantity of a regularizer, before its coefficient.</summary>
    public double RegularizerMean(int index) => Mean(regularizerSums[index]);

    /// <summary>Writes every number under its metric name.</summary>
    public void CopyTo(IDictionary<string, double> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        metrics["loss"] = Loss;
        metrics["ratio-mean"] = RatioMean;
        metrics["ratio-min"] = RatioMin;
        metrics["ratio-max"] = RatioMax;
        metrics["clip-fraction"] = ClipFraction;
        metrics["dual-clip-fraction"] = DualClipFraction;
        metrics["covariance-fraction"] = CovarianceFraction;
        metrics["approximate-kl"] = ApproximateDivergence;
        metrics["approximate-kl-k3"] = ApproximateDivergenceK3;
        metrics["entropy"] = Entropy;
        metrics["correction-mean"] = CorrectionMean;
        for (int i = 0; i < regularizers.Length; i++)
        {
            metrics[regularizers[i]] = RegularizerMean(i);
        }
    }

    internal void Reset()
    {
        insertedRatio = insertedClips = inserted = 0;
        Loss = ratioSum = trustRegion = dual = covariance = divergence = lowVariance = entropy = correction = 0;
        Tokens = 0;
        RatioMin = RatioMax = 1;
        Array.Clear(regularizerSums);
    }

    internal void AddLoss(double loss) => Loss += loss;

    internal void AddRegularizer(int index, double sum) => regularizerSums[index] += sum;

    internal void AddToken(float ratio, float weight, byte marks, double logRatio, float tokenEntropy)
    {
        RatioMin = Tokens == 0 ? ratio : Math.Min(RatioMin, ratio);
        RatioMax = Tokens == 0 ? ratio : Math.Max(RatioMax, ratio);
        Tokens++;
        ratioSum += ratio;
        correction += weight;
        trustRegion += marks & Clipping.ClipMark.TrustRegion;
        dual += (marks & Clipping.ClipMark.Dual) == 0 ? 0 : 1;
        covariance += (marks & Clipping.ClipMark.Covariance) == 0 ? 0 : 1;
        divergence -= logRatio;
        lowVariance += Math.Exp(logRatio) - logRatio - 1;
        entropy += tokenEntropy;
    }

    internal void AddInserted(float ratio, byte marks)
    {
        inserted++;
        insertedRatio += ratio;
        insertedClips += marks & Clipping.ClipMark.TrustRegion;
    }

    private double Mean(double sum, double empty = 0) => Tokens == 0 ? empty : sum / Tokens;
}
