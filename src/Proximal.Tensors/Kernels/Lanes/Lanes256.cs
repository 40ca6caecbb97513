using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Proximal.Tensors.Kernels.Lanes;

/// <summary>Sixteen lanes in two registers of 256 bits.</summary>
internal readonly unsafe struct Lanes256(Vector256<float> v0, Vector256<float> v1) : ILanes<Lanes256>
{
    private readonly Vector256<float> v0 = v0;
    private readonly Vector256<float> v1 = v1;

    public static Lanes256 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Broadcast(float value) => new(Vector256.Create(value), Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 BroadcastBits(int bits) => new(Vector256.Create(bits).AsSingle(), Vector256.Create(bits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(float* source) => new(Vector256.Load(source), Vector256.Load(source + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 LoadCount(float* source, int count)
    {
        if (Avx.IsSupported)
        {
            float* mask = LaneMasks.Pointer + ILanes<Lanes256>.Width - count;
            return new(
                Avx.MaskLoad(source, Vector256.Load(mask)),
                Avx.MaskLoad(source + 8, Vector256.Load(mask + 8)));
        }

        Lanes256 lanes = default;
        Unsafe.CopyBlockUnaligned(&lanes, source, (uint)count * sizeof(float));
        return lanes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* destination, Lanes256 value)
    {
        value.v0.Store(destination);
        value.v1.Store(destination + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreCount(float* destination, Lanes256 value, int count)
    {
        if (Avx.IsSupported)
        {
            float* mask = LaneMasks.Pointer + ILanes<Lanes256>.Width - count;
            StorePart(destination, mask, value.v0, count);
            StorePart(destination + 8, mask + 8, value.v1, count - 8);
            return;
        }

        Lanes256 lanes = value;
        Unsafe.CopyBlockUnaligned(destination, &lanes, (uint)count * sizeof(float));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator +(Lanes256 left, Lanes256 right) => new(left.v0 + right.v0, left.v1 + right.v1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator -(Lanes256 left, Lanes256 right) => new(left.v0 - right.v0, left.v1 - right.v1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator *(Lanes256 left, Lanes256 right) => new(left.v0 * right.v0, left.v1 * right.v1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator /(Lanes256 left, Lanes256 right) => new(left.v0 / right.v0, left.v1 / right.v1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 MultiplyAdd(Lanes256 left, Lanes256 right, Lanes256 addend) => new(
        Vector256.FusedMultiplyAdd(left.v0, right.v0, addend.v0),
        Vector256.FusedMultiplyAdd(left.v1, right.v1, addend.v1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Sqrt(Lanes256 value) => new(Vector256.Sqrt(value.v0), Vector256.Sqrt(value.v1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Max(Lanes256 left, Lanes256 right) => new(Larger(left.v0, right.v0), Larger(left.v1, right.v1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Min(Lanes256 left, Lanes256 right) => new(Smaller(left.v0, right.v0), Smaller(left.v1, right.v1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 GreaterThan(Lanes256 left, Lanes256 right) => new(Vector256.GreaterThan(left.v0, right.v0), Vector256.GreaterThan(left.v1, right.v1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 GreaterThanOrEqual(Lanes256 left, Lanes256 right) => new(
        Vector256.GreaterThanOrEqual(left.v0, right.v0),
        Vector256.GreaterThanOrEqual(left.v1, right.v1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 AreEqual(Lanes256 left, Lanes256 right) => new(Vector256.Equals(left.v0, right.v0), Vector256.Equals(left.v1, right.v1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Select(Lanes256 mask, Lanes256 yes, Lanes256 no) => new(
        Vector256.ConditionalSelect(mask.v0, yes.v0, no.v0),
        Vector256.ConditionalSelect(mask.v1, yes.v1, no.v1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 And(Lanes256 left, Lanes256 right) => new(left.v0 & right.v0, left.v1 & right.v1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Or(Lanes256 left, Lanes256 right) => new(left.v0 | right.v0, left.v1 | right.v1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Xor(Lanes256 left, Lanes256 right) => new(left.v0 ^ right.v0, left.v1 ^ right.v1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 AddBits(Lanes256 left, Lanes256 right) => new(
        (left.v0.AsInt32() + right.v0.AsInt32()).AsSingle(),
        (left.v1.AsInt32() + right.v1.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 SubtractBits(Lanes256 left, Lanes256 right) => new(
        (left.v0.AsInt32() - right.v0.AsInt32()).AsSingle(),
        (left.v1.AsInt32() - right.v1.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 ShiftLeft(Lanes256 value, int count) => new((value.v0.AsInt32() << count).AsSingle(), (value.v1.AsInt32() << count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 ShiftRight(Lanes256 value, int count) => new((value.v0.AsInt32() >> count).AsSingle(), (value.v1.AsInt32() >> count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 ConvertFromBits(Lanes256 integers) => new(
        Vector256.ConvertToSingle(integers.v0.AsInt32()),
        Vector256.ConvertToSingle(integers.v1.AsInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes256 value)
    {
        Vector256<float> eight = value.v0 + value.v1;
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        return Lanes128.SumOfFour(four);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxOf(Lanes256 value)
    {
        Vector256<float> eight = Larger(value.v0, value.v1);
        Vector128<float> four = Lanes128.Larger(eight.GetLower(), eight.GetUpper());
        return Lanes128.MaxOfFour(four);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Larger(Vector256<float> left, Vector256<float> right) =>
        Avx.IsSupported ? Avx.Max(left, right) : Vector256.ConditionalSelect(Vector256.GreaterThan(left, right), left, right);

    /// <summary>Masked stores are slow on some processors, so whole registers go without.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePart(float* destination, float* mask, Vector256<float> value, int count)
    {
        if (count >= Vector256<float>.Count)
        {
            value.Store(destination);
        }
        else if (count > 0)
        {
            Avx.MaskStore(destination, Vector256.Load(mask), value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Smaller(Vector256<float> left, Vector256<float> right) =>
        Avx.IsSupported ? Avx.Min(left, right) : Vector256.ConditionalSelect(Vector256.LessThan(left, right), left, right);
}
