using Proximal.Control.Environments;

namespace Proximal.Control.Spaces;

/// <summary>Named parts that lie one after the other in a row, in the order of declaration.</summary>
public sealed class DictionarySpace : Space
{
    private readonly (string Name, Space Space)[] parts;

    /// <summary>Creates a space.</summary>
    /// <param name="parts">Names and spaces of the parts.</param>
    /// <exception cref="ArgumentException">There is no part, or two have the same name.</exception>
    public DictionarySpace(params ReadOnlySpan<(string Name, Space Space)> parts)
    {
        if (parts.IsEmpty)
        {
            throw new ArgumentException("A dictionary space has at least one part.", nameof(parts));
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        foreach ((string name, Space space) in parts)
        {
            if (!names.Add(name))
            {
                throw new ArgumentException($"Two parts are named '{name}'.", nameof(parts));
            }

            Width = checked(Width + space.Width);
            EncodedWidth = checked(EncodedWidth + space.EncodedWidth);
        }

        this.parts = parts.ToArray();
    }

    /// <summary>Names and spaces of the parts, in order.</summary>
    public ReadOnlySpan<(string Name, Space Space)> Parts => parts;

    /// <inheritdoc/>
    public override int Width { get; }

    /// <inheritdoc/>
    public override int EncodedWidth { get; }

    /// <summary>Where a part lies in a row.</summary>
    /// <exception cref="KeyNotFoundException">No part has the name.</exception>
    public Range this[string name]
    {
        get
        {
            int start = 0;
            foreach ((string part, Space space) in parts)
            {
                if (part == name)
                {
                    return start..(start + space.Width);
                }

                start += space.Width;
            }

            throw new KeyNotFoundException($"The space has no part '{name}', only {string.Join(", ", parts.Select(part => part.Name))}.");
        }
    }

    /// <inheritdoc/>
    public override string? FindFault(ReadOnlySpan<float> element)
    {
        int start = 0;
        foreach ((string name, Space space) in parts)
        {
            if (space.FindFault(element.Slice(start, space.Width)) is { } fault)
            {
                return $"part '{name}' is {fault}";
            }

            start += space.Width;
        }

        return null;
    }

    /// <inheritdoc/>
    public override void Sample(ref EpisodeRandom random, Span<float> element)
    {
        int start = 0;
        foreach ((_, Space space) in parts)
        {
            space.Sample(ref random, element.Slice(start, space.Width));
            start += space.Width;
        }
    }

    /// <inheritdoc/>
    public override void Encode(ReadOnlySpan<float> element, Span<float> encoded)
    {
        int start = 0, encodedStart = 0;
        foreach ((_, Space space) in parts)
        {
            space.Encode(element.Slice(start, space.Width), encoded.Slice(encodedStart, space.EncodedWidth));
            start += space.Width;
            encodedStart += space.EncodedWidth;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"dictionary({string.Join(", ", parts.Select(part => $"{part.Name}: {part.Space}"))})";
}
