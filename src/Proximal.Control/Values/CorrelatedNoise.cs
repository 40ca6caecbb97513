using Proximal.Control.State;
using Proximal.Tensors.Random;

namespace Proximal.Control.Values;

/// <summary>
/// Exploration noise that remembers: x_t = rho x_{t-1} + sqrt(1 - rho^2) e_t with standard normal e, the Ornstein-Uhlenbeck process at equal
/// steps from its stationary distribution. Every x_t is standard normal, whatever rho is, and x_t and x_{t+k} have the correlation rho^k; with
/// rho = 0 the noise is e itself. Noise that lasts carries systems with inertia further than white noise of the same deviation (Lillicrap et al.
/// 2016; Eberhard et al. 2023).
/// </summary>
/// <remarks>The process of a copy runs on through the ends of episodes.</remarks>
internal sealed class CorrelatedNoise : IStateful
{
    private readonly int width;
    private readonly double correlation;
    private readonly double innovation;
    private readonly double[] numbers;
    private readonly bool[] begun;

    /// <summary>Prepares processes that are independent of each other.</summary>
    /// <param name="copies">Copies of the environment.</param>
    /// <param name="width">Numbers of an action.</param>
    /// <param name="correlation">rho, from 0 to less than 1.</param>
    public CorrelatedNoise(int copies, int width, double correlation)
    {
        this.width = width;
        this.correlation = correlation;
        innovation = Math.Sqrt(1 - (correlation * correlation));
        numbers = new double[copies * width];
        begun = new bool[copies];
    }

    /// <summary>Takes the process of a copy one step further.</summary>
    /// <param name="copy">Which copy.</param>
    /// <param name="stream">Random numbers of this step and copy.</param>
    /// <returns>x_t [width], valid until the next step.</returns>
    public ReadOnlySpan<double> Next(int copy, in RandomStream stream)
    {
        Span<double> x = numbers.AsSpan(copy * width, width);
        for (int i = 0; i < width; i++)
        {
            double e = stream.Normal(i);
            x[i] = begun[copy] ? (correlation * x[i]) + (innovation * e) : e;
        }

        begun[copy] = true;
        return x;
    }

    /// <inheritdoc/>
    public void Transfer(StateTransfer state)
    {
        state.Values(numbers);
        state.Values(begun);
    }
}
