namespace Proximal.Objectives;

/// <summary>What a value objective measured on a minibatch.</summary>
public sealed class ValueMetrics
{
    private long tokens;
    private double clipped;
    private double returns;
    private double squaredReturns;
    private double errors;
    private double squaredErrors;

    internal ValueMetrics()
    {
    }

    /// <summary>The loss, coefficient included.</summary>
    public double Loss { get; private set; }

    /// <summary>Share of tokens at which the value clip was active.</summary>
    public double ClipFraction => tokens == 0 ? 0 : clipped / tokens;

    /// <summary>1 - Var(Ret - V) / Var(Ret): 1 for a perfect critic, 0 for a constant one; 0 when the returns are all equal.</summary>
    public double ExplainedVariance
    {
        get
        {
            double variance = Variance(returns, squaredReturns);
            return variance <= 0 ? 0 : 1 - (Variance(errors, squaredErrors) / variance);
        }
    }

    /// <summary>1 - Var(Ret - V) / Var(Ret) over the tokens with mask 1; 0 when the returns are all equal.</summary>
    /// <param name="values">V. [tokens]</param>
    /// <param name="returns">Ret. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    public static double ExplainedVarianceOf(ReadOnlySpan<float> values, ReadOnlySpan<float> returns, ReadOnlySpan<float> mask)
    {
        ValueMetrics metrics = new();
        for (int t = 0; t < values.Length; t++)
        {
            if (mask[t] != 0)
            {
                metrics.AddToken(values[t], returns[t], false);
            }
        }

        return metrics.ExplainedVariance;
    }

    /// <summary>Writes every number under its metric name.</summary>
    public void CopyTo(IDictionary<string, double> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        metrics["value-loss"] = Loss;
        metrics["value-clip-fraction"] = ClipFraction;
        metrics["explained-variance"] = ExplainedVariance;
    }

    internal void Reset()
    {
        Loss = clipped = returns = squaredReturns = errors = squaredErrors = 0;
        tokens = 0;
    }

    internal void AddLoss(double loss) => Loss += loss;

    internal void AddToken(double value, double target, bool clip)
    {
        tokens++;
        clipped += clip ? 1 : 0;
        returns += target;
        squaredReturns += target * target;
        errors += target - value;
        squaredErrors += (target - value) * (target - value);
    }

    private double Variance(double sum, double squares) => tokens == 0 ? 0 : (squares / tokens) - (sum / tokens * (sum / tokens));
}
