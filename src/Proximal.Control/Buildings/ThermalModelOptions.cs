using System.Globalization;
using Proximal.Models.Networks;

namespace Proximal.Control.Buildings;

/// <summary>Settings of <see cref="ThermalModel"/>.</summary>
public sealed record ThermalModelOptions
{
    /// <summary>Widths of the hidden layers.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [200, 200, 200];

    /// <summary>Between the layers.</summary>
    public Activation Activation { get; init; } = Activation.Silu;

    /// <summary>Passes over the data.</summary>
    public int Epochs { get; init; } = 15;

    /// <summary>Rows of a minibatch.</summary>
    public int Batch { get; init; } = 256;

    /// <summary>Learning rate of Adam at the beginning, which falls to 0 along half a cosine.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Seed of first weights and of the order of rows.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Validate()
    {
        Require(Epochs is >= 1 and <= 1_000_000, nameof(Epochs), Epochs, "1 to 1,000,000");
        Require(Batch is >= 1 and <= 1 << 20, nameof(Batch), Batch, "1 to 1,048,576");
        Require(LearningRate is > 0 and <= 1, nameof(LearningRate), LearningRate, "above 0, at most 1");
    }

    private static void Require(bool holds, string key, double value, string expected)
    {
        if (!holds)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{key} is {value}, expected {expected}."));
        }
    }
}
