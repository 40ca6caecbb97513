using Proximal.Control.Environments;

namespace Proximal.Control.Spaces;

/// <summary>
/// The set an observation or an action comes from. Every element is a row of <see cref="Width"/> floats, so that many of them lie flat in one
/// array; whole numbers are held as floats, which is exact up to 2^24.
/// </summary>
public abstract class Space
{
    /// <summary>Floats per element.</summary>
    public abstract int Width { get; }

    /// <summary>Floats per element as networks take it: indices become one-hot vectors.</summary>
    public virtual int EncodedWidth => Width;

    /// <summary>Whether the row is an element.</summary>
    /// <param name="element"><see cref="Width"/> floats.</param>
    public bool Contains(ReadOnlySpan<float> element) => FindFault(element) is null;

    /// <summary>What keeps the row from being an element, as "0.5 at position 2, expected 0 to 3"; null for an element.</summary>
    /// <param name="element"><see cref="Width"/> floats.</param>
    public abstract string? FindFault(ReadOnlySpan<float> element);

    /// <summary>Writes an element drawn uniformly (normally or exponentially distributed where a box has no bounds).</summary>
    /// <param name="random">Source.</param>
    /// <param name="element"><see cref="Width"/> floats.</param>
    public abstract void Sample(ref EpisodeRandom random, Span<float> element);

    /// <summary>Writes an element as networks take it.</summary>
    /// <param name="element"><see cref="Width"/> floats.</param>
    /// <param name="encoded"><see cref="EncodedWidth"/> floats.</param>
    public virtual void Encode(ReadOnlySpan<float> element, Span<float> encoded) => element.CopyTo(encoded);

    /// <summary>Writes rows as networks take them.</summary>
    /// <param name="elements">[rows, <see cref="Width"/>].</param>
    /// <param name="encoded">[rows, <see cref="EncodedWidth"/>].</param>
    public virtual void EncodeRows(ReadOnlySpan<float> elements, Span<float> encoded)
    {
        for (int row = 0; row * Width < elements.Length; row++)
        {
            Encode(elements.Slice(row * Width, Width), encoded.Slice(row * EncodedWidth, EncodedWidth));
        }
    }
}
