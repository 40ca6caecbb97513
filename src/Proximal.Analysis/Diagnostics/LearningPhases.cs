namespace Proximal.Analysis.Diagnostics;

/// <summary>The order in which parts of a reward are learned. RL-Struct 2025: syntax saturates before semantics without any schedule.</summary>
public static class LearningPhases
{
    /// <summary>The first step at which a curve reaches a share of the way from its first to its last value, and stays there on average.</summary>
    /// <param name="curve">The mean of a reward term at each step. [steps]</param>
    /// <param name="share">The share of the way; 0.8 in the paper.</param>
    /// <param name="window">Steps that are averaged at the start, at the end and at each candidate, because single steps are noisy.</param>
    /// <returns>The index of the first step of the window, or -1 for a curve that does not rise or has fewer steps than the window.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is outside (0, 1] or the window is below 1.</exception>
    public static int FirstReaching(ReadOnlySpan<double> curve, double share = 0.8, int window = 5)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        if (curve.Length < window)
        {
            return -1;
        }

        double first = Mean(curve[..window]), last = Mean(curve[^window..]), target = first + (share * (last - first));
        if (last <= first)
        {
            return -1;
        }

        int step = 0;
        while (Mean(curve.Slice(step, window)) < target)
        {
            step++;
        }

        return step;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
