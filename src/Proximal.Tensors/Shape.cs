using System.Runtime.CompilerServices;

namespace Proximal.Tensors;

/// <summary>The sizes of a tensor along each axis, outermost first. Up to five axes; a scalar has none.</summary>
public readonly struct Shape : IEquatable<Shape>
{
    /// <summary>The largest number of axes.</summary>
    public const int MaximumRank = 5;

    [InlineArray(MaximumRank)]
    private struct Sizes
    {
        private int first;
    }

    private readonly Sizes sizes;
    private readonly int length;

    /// <summary>Creates a shape.</summary>
    /// <param name="sizes">Sizes of the axes, outermost first, each zero or more.</param>
    /// <exception cref="ArgumentException">More than <see cref="MaximumRank"/> axes, a negative size, or more than 2^31-1 elements.</exception>
    public Shape(params ReadOnlySpan<int> sizes)
    {
        if (sizes.Length > MaximumRank)
        {
            throw new ArgumentException($"A tensor has at most {MaximumRank} axes, not {sizes.Length}.", nameof(sizes));
        }

        long elements = 1;
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            if (sizes[axis] < 0)
            {
                throw new ArgumentException($"Axis {axis} has the negative size {sizes[axis]}.", nameof(sizes));
            }

            this.sizes[axis] = sizes[axis];
            elements *= sizes[axis];
            if (elements > int.MaxValue)
            {
                throw new ArgumentException($"A tensor holds at most {int.MaxValue} elements.", nameof(sizes));
            }
        }

        Rank = sizes.Length;
        length = (int)elements;
    }

    /// <summary>Number of axes.</summary>
    public int Rank { get; }

    /// <summary>Number of elements: the product of the sizes; 1 for a scalar.</summary>
    public int Length => Rank == 0 ? 1 : length;

    /// <summary>The size along an axis; a negative axis counts from the last (-1 is the innermost).</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such axis.</exception>
    public int this[int axis] => sizes[Axis(axis)];

    /// <summary>Resolves an axis that may be negative to 0..Rank-1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such axis.</exception>
    public int Axis(int axis)
    {
        int resolved = axis < 0 ? axis + Rank : axis;
        if ((uint)resolved >= (uint)Rank)
        {
            throw new ArgumentOutOfRangeException(nameof(axis), axis, $"Shape {this} has no such axis.");
        }

        return resolved;
    }

    /// <summary>The same shape with one axis set to another size.</summary>
    public Shape With(int axis, int size)
    {
        Span<int> copy = stackalloc int[MaximumRank];
        CopyTo(copy);
        copy[Axis(axis)] = size;
        return new Shape(copy[..Rank]);
    }

    /// <summary>Copies the sizes, outermost first, and returns how many there are.</summary>
    public int CopyTo(Span<int> destination)
    {
        for (int axis = 0; axis < Rank; axis++)
        {
            destination[axis] = sizes[axis];
        }

        return Rank;
    }

    /// <summary>The product of the sizes of the axes from <paramref name="from"/> up to but not including <paramref name="to"/>.</summary>
    public int Product(int from, int to)
    {
        int product = 1;
        for (int axis = from; axis < to; axis++)
        {
            product *= sizes[axis];
        }

        return product;
    }

    /// <inheritdoc/>
    public bool Equals(Shape other)
    {
        if (Rank != other.Rank)
        {
            return false;
        }

        for (int axis = 0; axis < Rank; axis++)
        {
            if (sizes[axis] != other.sizes[axis])
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        for (int axis = 0; axis < Rank; axis++)
        {
            hash.Add(sizes[axis]);
        }

        return hash.ToHashCode();
    }

    /// <summary>Whether two shapes have the same axes.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Whether two shapes differ.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<int> copy = stackalloc int[MaximumRank];
        int rank = CopyTo(copy);
        return "[" + string.Join(", ", copy[..rank].ToArray()) + "]";
    }
}
