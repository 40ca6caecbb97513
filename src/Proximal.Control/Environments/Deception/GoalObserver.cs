namespace Proximal.Control.Environments.Deception;

/// <summary>An observer who infers from a path where it leads: the less a goal makes the path a detour, the likelier it is (Masters and Sardina 2017).</summary>
public static class GoalObserver
{
    /// <summary>P(g | path) = exp(-beta detour(g)) / sum, with detour(g) = cost of the path so far + D(now, g) - D(start, g).</summary>
    /// <param name="detours">Detour for every goal.</param>
    /// <param name="probabilities">Receives the probability of every goal.</param>
    /// <param name="beta">How rational the observer takes the agent to be.</param>
    public static void Infer(ReadOnlySpan<double> detours, Span<double> probabilities, double beta = 1)
    {
        double least = double.PositiveInfinity, sum = 0;
        foreach (double detour in detours)
        {
            least = Math.Min(least, detour);
        }

        for (int i = 0; i < detours.Length; i++)
        {
            probabilities[i] = Math.Exp(-beta * (detours[i] - least));
            sum += probabilities[i];
        }

        for (int i = 0; i < detours.Length; i++)
        {
            probabilities[i] /= sum;
        }
    }
}
