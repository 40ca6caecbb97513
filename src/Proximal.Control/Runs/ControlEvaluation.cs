namespace Proximal.Control.Runs;

/// <summary>How a policy does on episodes that it does not learn from.</summary>
public sealed record ControlEvaluation
{
    /// <summary>When it was measured, as <c>before</c>, <c>step 20000</c> or <c>after</c>.</summary>
    public required string Label { get; init; }

    /// <summary>Return of every episode, in order.</summary>
    public required IReadOnlyList<double> Returns { get; init; }

    /// <summary>Mean steps of an episode.</summary>
    public required double Length { get; init; }

    /// <summary>Means of the numbers that the environment names, such as <c>success</c>.</summary>
    public required IReadOnlyList<(string Name, double Mean)> Metrics { get; init; }

    /// <summary>Mean return.</summary>
    public double Mean => Returns.Average();

    /// <summary>Standard deviation of the returns with divisor n - 1; 0 for one episode.</summary>
    public double Deviation
    {
        get
        {
            double mean = Mean;
            return Math.Sqrt(Returns.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, Returns.Count - 1));
        }
    }
}
