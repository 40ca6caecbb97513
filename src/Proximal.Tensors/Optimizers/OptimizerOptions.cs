using System.Globalization;

namespace Proximal.Tensors.Optimizers;

/// <summary>Settings that all optimizers share.</summary>
public abstract record OptimizerOptions
{
    /// <summary>The learning rate when <see cref="Optimizer.Step"/> names none; finite and 0 or more.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Weight decay, finite and 0 or more.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Groups of parameters with factors of their own; without any, no decay on vectors.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; init; } = ParameterGroup.NoDecayOnVectors;

    internal virtual void Validate()
    {
        Check(LearningRate, nameof(LearningRate), 0, double.MaxValue);
        Check(WeightDecay, nameof(WeightDecay), 0, double.MaxValue);
        ArgumentNullException.ThrowIfNull(Groups);
        foreach (ParameterGroup group in Groups)
        {
            Check(group.LearningRateFactor, nameof(group.LearningRateFactor), 0, double.MaxValue);
            Check(group.WeightDecayFactor, nameof(group.WeightDecayFactor), 0, double.MaxValue);
        }
    }

    /// <summary>Refuses a value outside [low, high] (NaN as well).</summary>
    private protected static void Check(double value, string key, double low, double high)
    {
        if (!(value >= low && value <= high))
        {
            string range = high == double.MaxValue ? $"finite and {low} or more" : string.Create(CultureInfo.InvariantCulture, $"in [{low}, {high}]");
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{key} is {value}; it must be {range}."));
        }
    }

    /// <summary>Refuses a value outside [0, 1): the decay rate of a running average.</summary>
    private protected static void CheckRate(double value, string key)
    {
        if (!(value >= 0 && value < 1))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{key} is {value}; it must be in [0, 1)."));
        }
    }
}
