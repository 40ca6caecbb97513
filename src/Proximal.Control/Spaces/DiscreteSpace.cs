using System.Globalization;
using Proximal.Control.Environments;

namespace Proximal.Control.Spaces;

/// <summary>The whole numbers 0..Count-1, one float each.</summary>
public sealed class DiscreteSpace : Space
{
    /// <summary>Creates a space.</summary>
    /// <param name="count">Number of elements, 1 to 2^24.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside its range.</exception>
    public DiscreteSpace(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1 << 24);
        Count = count;
    }

    /// <summary>Number of elements.</summary>
    public int Count { get; }

    /// <inheritdoc/>
    public override int Width => 1;

    /// <inheritdoc/>
    public override int EncodedWidth => Count;

    /// <inheritdoc/>
    public override string? FindFault(ReadOnlySpan<float> element) => FindFault(element[0], Count);

    /// <inheritdoc/>
    public override void Sample(ref EpisodeRandom random, Span<float> element) => element[0] = random.Integer(Count);

    /// <inheritdoc/>
    public override void Encode(ReadOnlySpan<float> element, Span<float> encoded)
    {
        encoded.Clear();
        encoded[(int)element[0]] = 1;
    }

    /// <inheritdoc/>
    public override string ToString() => $"discrete({Count})";

    internal static string? FindFault(float value, int count) => value >= 0 && value < count && value == MathF.Floor(value)
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{value}, expected a whole number from 0 to {count - 1}");
}
