using System.Globalization;
using Proximal.Control.Environments;
using Proximal.Tensors;

namespace Proximal.Control.Spaces;

/// <summary>Arrays of real numbers with a bound on each side of each.</summary>
public sealed class BoxSpace : Space
{
    private readonly float[] low;
    private readonly float[] high;

    /// <summary>Creates a space with the same bounds for all numbers.</summary>
    /// <param name="shape">Sizes of the axes: [features], or [channels, height, width] for a picture.</param>
    /// <param name="low">Lower bound, negative infinity for none.</param>
    /// <param name="high">Upper bound, infinity for none.</param>
    /// <exception cref="ArgumentException">The lower bound is not under the upper one.</exception>
    public BoxSpace(Shape shape, float low = float.NegativeInfinity, float high = float.PositiveInfinity)
        : this(shape, Filled(shape, low), Filled(shape, high))
    {
    }

    /// <summary>Creates a space of vectors.</summary>
    /// <param name="low">Lower bounds, negative infinity for none.</param>
    /// <param name="high">Upper bounds, infinity for none.</param>
    /// <exception cref="ArgumentException">The numbers of bounds differ, or a lower one is not under its upper one.</exception>
    public BoxSpace(ReadOnlySpan<float> low, ReadOnlySpan<float> high)
        : this(new Shape(low.Length), low.ToArray(), high.ToArray())
    {
    }

    internal BoxSpace(Shape shape, float[] low, float[] high)
    {
        if (low.Length != shape.Length || high.Length != shape.Length)
        {
            throw new ArgumentException($"A box of shape {shape} takes {shape.Length} bounds on each side, not {low.Length} and {high.Length}.", nameof(low));
        }

        for (int i = 0; i < low.Length; i++)
        {
            if (!(low[i] < high[i]))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The lower bound {low[i]} at position {i} is not under the upper one {high[i]}."), nameof(low));
            }
        }

        Shape = shape;
        this.low = low;
        this.high = high;
    }

    /// <summary>Sizes of the axes.</summary>
    public Shape Shape { get; }

    /// <summary>Lower bounds.</summary>
    public ReadOnlySpan<float> Low => low;

    /// <summary>Upper bounds.</summary>
    public ReadOnlySpan<float> High => high;

    /// <inheritdoc/>
    public override int Width => low.Length;

    /// <summary>Whether all bounds are finite.</summary>
    public bool IsBounded
    {
        get
        {
            for (int i = 0; i < low.Length; i++)
            {
                if (!float.IsFinite(low[i]) || !float.IsFinite(high[i]))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>The space of several elements of this one, laid after each other along the first axis.</summary>
    /// <param name="count">Number of elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public BoxSpace Repeated(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Span<int> sizes = stackalloc int[Shape.Rank];
        float[] lows = new float[checked(count * Width)], highs = new float[lows.Length];
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            sizes[axis] = Shape[axis] * (axis == 0 ? count : 1);
        }

        for (int start = 0; start < lows.Length; start += Width)
        {
            low.CopyTo(lows, start);
            high.CopyTo(highs, start);
        }

        return new BoxSpace(new Shape(sizes), lows, highs);
    }

    /// <inheritdoc/>
    public override string? FindFault(ReadOnlySpan<float> element)
    {
        for (int i = 0; i < low.Length; i++)
        {
            if (!(element[i] >= low[i] && element[i] <= high[i]))
            {
                return string.Create(CultureInfo.InvariantCulture, $"{element[i]} at position {i}, expected {low[i]} to {high[i]}");
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override void Sample(ref EpisodeRandom random, Span<float> element)
    {
        for (int i = 0; i < low.Length; i++)
        {
            element[i] = (float.IsFinite(low[i]), float.IsFinite(high[i])) switch
            {
                (true, true) => (float)random.Uniform(low[i], high[i]),
                (true, false) => low[i] - (float)Math.Log(1 - random.Uniform()),
                (false, true) => high[i] + (float)Math.Log(1 - random.Uniform()),
                _ => (float)random.Normal(),
            };
        }
    }

    /// <summary>Maps rows from [-1, 1] to the bounds, within which they are held: low + (high - low) (u + 1) / 2.</summary>
    /// <param name="unit">[rows, width], each number in [-1, 1].</param>
    /// <param name="values">Receives [rows, width]; may be the same memory.</param>
    /// <exception cref="InvalidOperationException">The box has no bounds.</exception>
    public void FromUnit(ReadOnlySpan<float> unit, Span<float> values)
    {
        ThrowIfUnbounded();
        for (int start = 0; start < unit.Length; start += low.Length)
        {
            for (int i = 0; i < low.Length; i++)
            {
                values[start + i] = Math.Clamp(low[i] + (0.5f * (high[i] - low[i]) * (unit[start + i] + 1)), low[i], high[i]);
            }
        }
    }

    /// <summary>Maps rows from the bounds to [-1, 1], within which they are held.</summary>
    /// <param name="values">[rows, width].</param>
    /// <param name="unit">Receives [rows, width]; may be the same memory.</param>
    /// <exception cref="InvalidOperationException">The box has no bounds.</exception>
    public void ToUnit(ReadOnlySpan<float> values, Span<float> unit)
    {
        ThrowIfUnbounded();
        for (int start = 0; start < values.Length; start += low.Length)
        {
            for (int i = 0; i < low.Length; i++)
            {
                unit[start + i] = Math.Clamp((2 * (values[start + i] - low[i]) / (high[i] - low[i])) - 1, -1, 1);
            }
        }
    }

    /// <inheritdoc/>
    public override void EncodeRows(ReadOnlySpan<float> elements, Span<float> encoded) => elements.CopyTo(encoded);

    /// <inheritdoc/>
    public override string ToString() => $"box{Shape}";

    private void ThrowIfUnbounded()
    {
        if (!IsBounded)
        {
            throw new InvalidOperationException($"The space {this} has no bounds to scale by.");
        }
    }

    private static float[] Filled(Shape shape, float value)
    {
        float[] values = new float[shape.Length];
        Array.Fill(values, value);
        return values;
    }
}
