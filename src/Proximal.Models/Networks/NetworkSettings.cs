using System.Globalization;

namespace Proximal.Models.Networks;

/// <summary>The memory of a network over the steps of an episode.</summary>
public enum MemoryKind
{
    /// <summary>None.</summary>
    None,

    /// <summary>Long short-term memory (Hochreiter and Schmidhuber 1997), see <see cref="LstmCell"/>.</summary>
    Lstm,

    /// <summary>Gated recurrent unit (Cho et al. 2014), see <see cref="GruCell"/>.</summary>
    Gru,
}

/// <summary>One layer of convolution over a picture.</summary>
/// <param name="Filters">Channels of the output, 1 to 4096.</param>
/// <param name="Size">Height and width of the window, 1 to 64.</param>
/// <param name="Stride">Step of the window, 1 to 64.</param>
/// <param name="Padding">Zeros on all sides, 0 to 64.</param>
public sealed record ConvolutionSettings(int Filters, int Size = 3, int Stride = 1, int Padding = 0);

/// <summary>What a network for control is built from: convolutions for pictures, hidden layers, and a memory behind them.</summary>
public sealed record NetworkSettings
{
    /// <summary>The widest layer.</summary>
    public const int LargestWidth = 1 << 16;

    /// <summary>The most layers of a kind.</summary>
    public const int MostLayers = 64;

    /// <summary>Widths of the hidden layers; none makes a linear network.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [64, 64];

    /// <summary>After every layer but the last.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;

    /// <summary>Convolutions before the hidden layers, for observations of shape [channels, height, width].</summary>
    public IReadOnlyList<ConvolutionSettings> Convolutions { get; init; } = [];

    /// <summary>The memory behind the hidden layers.</summary>
    public MemoryKind Memory { get; init; }

    /// <summary>Numbers that the memory gives out per step.</summary>
    public int MemoryWidth { get; init; } = 128;

    /// <summary>Whether weights begin orthogonal with gain sqrt 2 and biases at 0; else uniform in +-1/sqrt(inputs).</summary>
    public bool Orthogonal { get; init; } = true;

    /// <summary>First weights of the hidden layers.</summary>
    public WeightInitialization HiddenInitialization => Orthogonal ? WeightInitialization.Orthogonal(Math.Sqrt(2)) : WeightInitialization.FanIn;

    /// <summary>First weights of the last layer.</summary>
    /// <param name="gain">Factor of orthogonal weights.</param>
    public WeightInitialization OutputInitialization(double gain) => Orthogonal ? WeightInitialization.Orthogonal(gain) : WeightInitialization.FanIn;

    /// <summary>Refuses settings outside their ranges.</summary>
    /// <exception cref="ArgumentException">A setting is outside its range; the message names it.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Hidden);
        ArgumentNullException.ThrowIfNull(Convolutions);
        Check(Hidden.Count, nameof(Hidden) + ".Count", 0, MostLayers);
        Check(Convolutions.Count, nameof(Convolutions) + ".Count", 0, MostLayers);
        Check(MemoryWidth, nameof(MemoryWidth), 1, LargestWidth);
        for (int i = 0; i < Hidden.Count; i++)
        {
            Check(Hidden[i], string.Create(CultureInfo.InvariantCulture, $"Hidden[{i}]"), 1, LargestWidth);
        }

        foreach (ConvolutionSettings convolution in Convolutions)
        {
            Check(convolution.Filters, nameof(convolution.Filters), 1, 4096);
            Check(convolution.Size, nameof(convolution.Size), 1, 64);
            Check(convolution.Stride, nameof(convolution.Stride), 1, 64);
            Check(convolution.Padding, nameof(convolution.Padding), 0, 64);
        }
    }

    /// <inheritdoc/>
    public bool Equals(NetworkSettings? other) =>
        other is not null && Hidden.SequenceEqual(other.Hidden) && Convolutions.SequenceEqual(other.Convolutions)
        && (Activation, Memory, MemoryWidth, Orthogonal) == (other.Activation, other.Memory, other.MemoryWidth, other.Orthogonal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Hidden.Count, Activation, Convolutions.Count, Memory, MemoryWidth, Orthogonal);

    private static void Check(int value, string key, int low, int high)
    {
        if (value < low || value > high)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{key} is {value}; it must be in {low}..{high}."));
        }
    }
}
