using Proximal.Control.Environments;

namespace Proximal.Control.Spaces;

/// <summary>Several discrete choices at once, one float each.</summary>
public sealed class MultiDiscreteSpace : Space
{
    private readonly int[] counts;

    /// <summary>Creates a space.</summary>
    /// <param name="counts">Number of elements of every choice.</param>
    /// <exception cref="ArgumentException">There is no choice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside 1 to 2^24.</exception>
    public MultiDiscreteSpace(params ReadOnlySpan<int> counts)
    {
        if (counts.IsEmpty)
        {
            throw new ArgumentException("A multi-discrete space has at least one choice.", nameof(counts));
        }

        foreach (int count in counts)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(counts));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1 << 24, nameof(counts));
            EncodedWidth = checked(EncodedWidth + count);
        }

        this.counts = counts.ToArray();
    }

    /// <summary>Number of elements of every choice.</summary>
    public ReadOnlySpan<int> Counts => counts;

    /// <inheritdoc/>
    public override int Width => counts.Length;

    /// <inheritdoc/>
    public override int EncodedWidth { get; }

    /// <inheritdoc/>
    public override string? FindFault(ReadOnlySpan<float> element)
    {
        for (int i = 0; i < counts.Length; i++)
        {
            if (DiscreteSpace.FindFault(element[i], counts[i]) is { } fault)
            {
                return $"choice {i} is {fault}";
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override void Sample(ref EpisodeRandom random, Span<float> element)
    {
        for (int i = 0; i < counts.Length; i++)
        {
            element[i] = random.Integer(counts[i]);
        }
    }

    /// <inheritdoc/>
    public override void Encode(ReadOnlySpan<float> element, Span<float> encoded)
    {
        encoded.Clear();
        int start = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            encoded[start + (int)element[i]] = 1;
            start += counts[i];
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"multi-discrete({string.Join(", ", counts)})";
}
