namespace Proximal.Advantages;

/// <summary>How the responses of a paper share its advantage A.</summary>
public enum RiskCredit
{
    /// <summary>Every response gets A.</summary>
    Uniform,

    /// <summary>A over the standard deviation of the question's rewards; over 1 where that is below 0.001.</summary>
    Deviation,

    /// <summary>A/2 for a response with a reward above 0, 3A/2 for one without.</summary>
    Score,

    /// <summary>A share of A proportional to the response's reward minus the mean of its question; equal shares where these sum to nearly 0.</summary>
    SumMean,
}
