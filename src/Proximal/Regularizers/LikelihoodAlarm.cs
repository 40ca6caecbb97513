namespace Proximal.Regularizers;

/// <summary>The early sign of collapse by lazy likelihood displacement: correct responses become less likely while the reward stands still.</summary>
public static class LikelihoodAlarm
{
    /// <summary>How many times in a row the likelihood must fall.</summary>
    public const int Window = 3;

    /// <summary>How far the reward may have moved over the window and still count as flat.</summary>
    public const double Flat = 0.02;

    /// <summary>Whether the mean log-probability of correct responses fell at each of the last three evaluations while the reward was flat.</summary>
    /// <param name="correct">Mean log-probability of correct responses, oldest first.</param>
    /// <param name="reward">Mean reward at the same evaluations.</param>
    public static bool IsRaised(ReadOnlySpan<double> correct, ReadOnlySpan<double> reward)
    {
        if (correct.Length <= Window)
        {
            return false;
        }

        for (int i = correct.Length - Window; i < correct.Length; i++)
        {
            if (correct[i] >= correct[i - 1])
            {
                return false;
            }
        }

        return Math.Abs(reward[^1] - reward[^(Window + 1)]) <= Flat;
    }
}
