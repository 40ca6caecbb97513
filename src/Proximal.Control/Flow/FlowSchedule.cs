namespace Proximal.Control.Flow;

/// <summary>
/// How a flow is followed from noise at t = 1 to data at t = 0, where <c>x_t = (1-t) x_0 + t e</c> and the velocity v predicts <c>e - x_0</c>. With noise the
/// path is that of the stochastic differential equation with the same marginals (Liu et al. 2025, Flow-GRPO): a step of size D draws
/// <c>x' ~ N(mu, c² I)</c> with <c>mu = x - [v + s²/(2t) (x + (1-t) v)] D</c>, <c>s = a sqrt(t/(1-t))</c> and <c>c = s sqrt(D)</c>. At t = 1, where s has no
/// bound, it is that of the next time.
/// </summary>
public sealed class FlowSchedule
{
    private readonly double[] times;
    private readonly double noise;

    /// <summary>Lays out the times.</summary>
    /// <param name="steps">Number of steps, 2 or more.</param>
    /// <param name="noise">a; 0 follows the ordinary differential equation.</param>
    /// <param name="shift">Moves the times towards the noise, t = k u/(1 + (k-1) u) for even u; 1 leaves them even.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public FlowSchedule(int steps, double noise, double shift = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(noise);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shift);
        this.noise = noise;
        times = new double[steps + 1];
        for (int i = 0; i <= steps; i++)
        {
            double even = 1 - ((double)i / steps);
            times[i] = shift * even / (1 + ((shift - 1) * even));
        }
    }

    /// <summary>Number of steps.</summary>
    public int Steps => times.Length - 1;

    /// <summary>t before a step, or 0 after the last.</summary>
    public double Time(int step) => times[step];

    /// <summary>D, the size of a step.</summary>
    public double Size(int step) => times[step] - times[step + 1];

    /// <summary>c, the standard deviation of a step's noise.</summary>
    public double Deviation(int step) => Level(step) * Math.Sqrt(Size(step));

    /// <summary>The mean of a step is <c>mu = state · x + velocity · v</c>.</summary>
    public (double State, double Velocity) Mean(int step)
    {
        double level = Level(step), time = times[step], size = Size(step), pull = level * level / (2 * time);
        return (1 - (pull * size), -size * (1 + (pull * (1 - time))));
    }

    private double Level(int step)
    {
        double time = step == 0 ? times[1] : times[step];
        return noise * Math.Sqrt(time / (1 - time));
    }
}
