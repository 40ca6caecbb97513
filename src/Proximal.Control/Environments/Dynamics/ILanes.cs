using System.Numerics;

namespace Proximal.Control.Environments.Dynamics;

/// <summary>
/// A few numbers of double precision that are computed side by side, one per copy of an environment. Every operation is the IEEE one of its
/// lane alone, so equations written over lanes give a copy the same bits however many lanes a register has.
/// </summary>
/// <typeparam name="T">The register itself. Comparisons give registers whose bits are all set in the lanes where they hold.</typeparam>
internal interface ILanes<T> : IAdditionOperators<T, T, T>, ISubtractionOperators<T, T, T>, IMultiplyOperators<T, T, T>, IDivisionOperators<T, T, T>,
    IUnaryNegationOperators<T, T>, IBitwiseOperators<T, T, T>
    where T : unmanaged, ILanes<T>
{
    /// <summary>Numbers per register.</summary>
    static abstract int Count { get; }

    /// <summary>The same number in every lane.</summary>
    static abstract implicit operator T(double value);

    /// <summary>Reads <see cref="Count"/> numbers.</summary>
    static abstract T Load(ref readonly double source);

    /// <summary>Reads <see cref="Count"/> numbers of single precision.</summary>
    static abstract T Load(ref readonly float source);

    /// <summary>Writes <see cref="Count"/> numbers.</summary>
    void Store(ref double destination);

    /// <summary>Writes <see cref="Count"/> numbers, rounded to single precision.</summary>
    void Store(ref float destination);

    /// <summary>Writes columns as rows of single precision: number <c>j</c> of row <c>i</c> is lane <c>i</c> of column <c>j</c>.</summary>
    /// <param name="columns">One register per column.</param>
    /// <param name="destination">[<see cref="Count"/>, columns].</param>
    static abstract void StoreRows(ReadOnlySpan<T> columns, ref float destination);

    /// <summary>Rounds to single precision.</summary>
    static abstract T RoundToSingle(T value);

    /// <summary>Rounds to the nearest whole number, halves to even.</summary>
    static abstract T Round(T value);

    /// <summary>Rounds down to a whole number.</summary>
    static abstract T Floor(T value);

    /// <summary>The value without its sign.</summary>
    static abstract T Abs(T value);

    /// <summary>The smaller of two numbers, neither of them NaN.</summary>
    static abstract T Min(T left, T right);

    /// <summary>The larger of two numbers, neither of them NaN.</summary>
    static abstract T Max(T left, T right);

    /// <summary>left * right + addend, rounded once.</summary>
    static abstract T FusedMultiplyAdd(T left, T right, T addend);

    /// <summary>Where left is larger than right.</summary>
    static abstract T IsGreater(T left, T right);

    /// <summary>Where left is at least right.</summary>
    static abstract T IsAtLeast(T left, T right);

    /// <summary>Where the two are equal.</summary>
    static abstract T IsEqual(T left, T right);

    /// <summary>One number where the condition holds, the other where it does not.</summary>
    static abstract T Select(T condition, T then, T otherwise);

    /// <summary>A condition as bits, the one of lane 0 lowest.</summary>
    static abstract uint Bits(T condition);

    /// <summary>Lanes whose counter has come <paramref name="limit"/> or more behind <paramref name="now"/>, as bits; counters wrap around.</summary>
    static abstract uint Behind(ref readonly int counters, int now, int limit);
}
