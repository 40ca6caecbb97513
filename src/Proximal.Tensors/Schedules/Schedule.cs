namespace Proximal.Tensors.Schedules;

/// <summary>
/// How a learning rate (or another coefficient) moves over training, as a factor of its peak: a pure function of the step, so that a resumed
/// run continues exactly. The factor of every schedule rises linearly from 1/(w+1) at step 0 to 1 at step w, the end of warm-up.
/// </summary>
public abstract class Schedule
{
    /// <summary>The factor at a step.</summary>
    /// <param name="step">Updates done before this one, from 0.</param>
    /// <returns>A factor in [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public double Factor(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return step < WarmupSteps ? (step + 1.0) / (WarmupSteps + 1.0) : AfterWarmup(step);
    }

    private protected abstract long WarmupSteps { get; }

    private protected abstract double AfterWarmup(long step);

    /// <summary>How far a step lies between two others, in [0, 1].</summary>
    private protected static double Progress(long step, long start, long end) =>
        end <= start ? 1 : Math.Clamp((step - start) / (double)(end - start), 0, 1);

    private protected static void Check(long warmupSteps, long totalSteps, double floor)
    {
        if (warmupSteps < 0)
        {
            throw new ArgumentException($"WarmupSteps is {warmupSteps}; it must be 0 or more.");
        }

        if (totalSteps < 1 || warmupSteps > totalSteps)
        {
            throw new ArgumentException($"TotalSteps is {totalSteps}; it must be 1 or more and not less than WarmupSteps, {warmupSteps}.");
        }

        if (!(floor >= 0 && floor <= 1))
        {
            throw new ArgumentException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Floor is {floor}; it must be in [0, 1]."));
        }
    }
}
