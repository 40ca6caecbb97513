using Proximal.Control.Environments;
using Proximal.Control.State;

namespace Proximal.Control.Learning;

/// <summary>Returns and lengths of the episodes that ended, the last hundred of them in a window.</summary>
public sealed class EpisodeLog : IStateful
{
    /// <summary>Episodes in the window.</summary>
    public const int Window = 100;

    private readonly double[] runningReturns;
    private readonly int[] runningLengths;
    private readonly double[] returns = new double[Window];
    private readonly int[] lengths = new int[Window];
    private readonly double[] metrics;
    private readonly int metricCount;
    private long count;

    /// <summary>Creates a log.</summary>
    /// <param name="specification">The environment's.</param>
    /// <param name="copies">Number of copies.</param>
    public EpisodeLog(EnvironmentSpecification specification, int copies)
    {
        ArgumentNullException.ThrowIfNull(specification);
        runningReturns = new double[copies];
        runningLengths = new int[copies];
        metricCount = specification.Metrics.Count;
        metrics = new double[Window * metricCount];
    }

    /// <summary>Episodes that ended.</summary>
    public long Count => count;

    /// <summary>Episodes in the window.</summary>
    public int InWindow => (int)Math.Min(count, Window);

    /// <summary>Mean return of the window; NaN before the first episode ended.</summary>
    public double MeanReturn => InWindow == 0 ? double.NaN : returns.AsSpan(0, InWindow).ToArray().Average();

    /// <summary>Mean length of the window; NaN before the first episode ended.</summary>
    public double MeanLength => InWindow == 0 ? double.NaN : lengths.AsSpan(0, InWindow).ToArray().Average();

    /// <summary>Return of the episode that ended last.</summary>
    public double LastReturn => count == 0 ? double.NaN : returns[(int)((count - 1) % Window)];

    /// <summary>Mean of a metric of the environment over the window.</summary>
    /// <param name="metric">Number of the metric in the specification.</param>
    public double MeanMetric(int metric)
    {
        double sum = 0;
        for (int i = 0; i < InWindow; i++)
        {
            sum += metrics[(i * metricCount) + metric];
        }

        return sum / InWindow;
    }

    /// <summary>Counts a step of all copies.</summary>
    public void Add(StepBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ReadOnlySpan<float> rewards = batch.Rewards;
        for (int copy = 0; copy < runningReturns.Length; copy++)
        {
            runningReturns[copy] += rewards[copy];
            runningLengths[copy]++;
            if (batch.Ended(copy))
            {
                int slot = (int)(count++ % Window);
                returns[slot] = runningReturns[copy];
                lengths[slot] = runningLengths[copy];
                for (int i = 0; i < metricCount; i++)
                {
                    metrics[(slot * metricCount) + i] = batch.Metrics[(copy * metricCount) + i];
                }

                runningReturns[copy] = 0;
                runningLengths[copy] = 0;
            }
        }
    }

    /// <summary>Forgets the episodes that are running, as when all copies begin anew.</summary>
    public void Restart()
    {
        runningReturns.AsSpan().Clear();
        runningLengths.AsSpan().Clear();
    }

    /// <inheritdoc/>
    public void Transfer(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Values<double>(runningReturns);
        state.Values<int>(runningLengths);
        state.Values<double>(returns);
        state.Values<int>(lengths);
        state.Values<double>(metrics);
        state.Value(ref count);
    }
}
