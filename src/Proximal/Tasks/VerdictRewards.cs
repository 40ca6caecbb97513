namespace Proximal.Tasks;

/// <summary>Rewards that are plain functions of a verdict.</summary>
public static class VerdictRewards
{
    /// <summary>1 if the answer is right, else 0.</summary>
    public static double Binary(Verdict verdict) => verdict.Correct ? 1 : 0;

    /// <summary>The dense credit of the family.</summary>
    public static double Partial(Verdict verdict) => verdict.Partial;

    /// <summary>The family's own score.</summary>
    public static double Score(Verdict verdict) => verdict.Score;

    /// <summary>1 if right, 0.1 if an answer could be read, else 0 (TinyZero).</summary>
    public static double TinyZero(Verdict verdict) => verdict.Correct ? 1 : verdict.Parsed ? 0.1 : 0;

    /// <summary>1 if right, plus 0.5 for the required form.</summary>
    public static double AccuracyAndFormat(Verdict verdict) => (verdict.Correct ? 1 : 0) + (verdict.FormatOk ? 0.5 : 0);

    /// <summary>+1 or -1 for the form, plus +2 if right, -1.5 if wrong and -2 if unreadable (Logic-RL, Xie et al. 2025).</summary>
    public static double LogicRl(Verdict verdict) => (verdict.FormatOk ? 1 : -1) + (verdict.Correct ? 2 : verdict.Parsed ? -1.5 : -2);
}
