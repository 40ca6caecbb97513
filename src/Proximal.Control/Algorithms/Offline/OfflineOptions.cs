namespace Proximal.Control.Algorithms.Offline;

/// <summary>What all learners from data sets share.</summary>
public abstract record OfflineOptions
{
    /// <summary>Transitions (or sequences) per update, 1 or more.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Seed of first weights, batches and noise.</summary>
    public ulong Seed { get; init; } = 1;

    internal virtual void Validate() => ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1, nameof(BatchSize));

    private protected static void CheckPositive(double value, string name)
    {
        if (!(value > 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, value, "The value must be above 0 and finite.");
        }
    }

    private protected static void CheckShare(double value, string name)
    {
        if (!(value is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "The value must be in [0, 1].");
        }
    }
}
