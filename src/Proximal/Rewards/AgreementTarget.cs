namespace Proximal.Rewards;

/// <summary>What <see cref="AgreementReward"/> pays.</summary>
public enum AgreementTarget
{
    /// <summary>The share of responses with the same answer: EMPO.</summary>
    Frequency,

    /// <summary>1 for the most frequent answer, 0 for the others: majority vote as a pseudo-label.</summary>
    Majority,
}
