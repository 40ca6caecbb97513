namespace Proximal.Tensors.Kernels.Lanes;

/// <summary>
/// Sixteen floats that are computed on at once, whatever the width of the registers, so that a kernel is written once and gives the same bits on every
/// processor: elementwise operations are those of IEEE 754, and sums over lanes always go through the same tree. Masks and integers are lanes whose
/// bits are read as 32-bit integers.
/// </summary>
internal unsafe interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>Number of lanes.</summary>
    const int Width = 16;

    /// <summary>All lanes +0.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>The same value in all lanes.</summary>
    static abstract TSelf Broadcast(float value);

    /// <summary>The same 32 bits in all lanes.</summary>
    static abstract TSelf BroadcastBits(int bits);

    /// <summary>Sixteen floats from memory of any alignment.</summary>
    static abstract TSelf Load(float* source);

    /// <summary>The first <paramref name="count"/> (0..16) lanes from memory, +0 in the others; memory beyond is not touched.</summary>
    static abstract TSelf LoadCount(float* source, int count);

    /// <summary>Writes sixteen floats.</summary>
    static abstract void Store(float* destination, TSelf value);

    /// <summary>Writes the first <paramref name="count"/> (0..16) lanes; memory beyond is not touched.</summary>
    static abstract void StoreCount(float* destination, TSelf value, int count);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary><c>left * right + addend</c>, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    static abstract TSelf Sqrt(TSelf value);

    /// <summary><c>left &gt; right ? left : right</c>, so that a NaN on the right is kept and one on the left is dropped.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary><c>left &lt; right ? left : right</c>, so that a NaN on the right is kept and one on the left is dropped.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>A mask: all bits set where left &gt; right.</summary>
    static abstract TSelf GreaterThan(TSelf left, TSelf right);

    /// <summary>A mask: all bits set where left &gt;= right.</summary>
    static abstract TSelf GreaterThanOrEqual(TSelf left, TSelf right);

    /// <summary>A mask: all bits set where the numbers are equal.</summary>
    static abstract TSelf AreEqual(TSelf left, TSelf right);

    /// <summary>Lanes of <paramref name="yes"/> where the mask is set and of <paramref name="no"/> elsewhere.</summary>
    static abstract TSelf Select(TSelf mask, TSelf yes, TSelf no);

    static abstract TSelf And(TSelf left, TSelf right);

    static abstract TSelf Or(TSelf left, TSelf right);

    static abstract TSelf Xor(TSelf left, TSelf right);

    /// <summary>Adds as 32-bit integers.</summary>
    static abstract TSelf AddBits(TSelf left, TSelf right);

    /// <summary>Subtracts as 32-bit integers.</summary>
    static abstract TSelf SubtractBits(TSelf left, TSelf right);

    /// <summary>Shifts 32-bit integers to the left.</summary>
    static abstract TSelf ShiftLeft(TSelf value, int count);

    /// <summary>Shifts 32-bit integers to the right and keeps their sign.</summary>
    static abstract TSelf ShiftRight(TSelf value, int count);

    /// <summary>Reads the lanes as 32-bit integers and converts them to floats.</summary>
    static abstract TSelf ConvertFromBits(TSelf integers);

    /// <summary>The sum over the lanes: lane i with lane i + 8, then with i + 4, i + 2, i + 1.</summary>
    static abstract float Sum(TSelf value);

    /// <summary>The largest lane, halves compared as in <see cref="Sum"/>.</summary>
    static abstract float MaxOf(TSelf value);
}
