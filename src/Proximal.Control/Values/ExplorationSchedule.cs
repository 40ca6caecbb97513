namespace Proximal.Control.Values;

/// <summary>Shares of random actions.</summary>
public static class ExplorationSchedule
{
    /// <summary>epsilon falls in a line from its first to its last value over a fraction of learning.</summary>
    /// <param name="progress">Share of learning that is done, 0 to 1.</param>
    /// <param name="first">epsilon at the beginning.</param>
    /// <param name="last">epsilon at the end.</param>
    /// <param name="fraction">Share of learning over which it falls.</param>
    public static double Linear(double progress, double first, double last, double fraction) =>
        fraction <= 0 ? last : first + ((last - first) * Math.Min(1, progress / fraction));

    /// <summary>The ladder of Ape-X (Horgan et al. 2018): copy i of N explores with epsilon^(1 + alpha i / (N - 1)) for good.</summary>
    /// <param name="copy">i.</param>
    /// <param name="copies">N.</param>
    /// <param name="epsilon">Of the first copy; 0.4 in the paper.</param>
    /// <param name="alpha">7 in the paper.</param>
    public static double Ladder(int copy, int copies, double epsilon = 0.4, double alpha = 7) =>
        Math.Pow(epsilon, copies == 1 ? 1 : 1 + (alpha * copy / (copies - 1)));
}
