using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Proximal.Tensors.Kernels.Lanes;

/// <summary>Sixteen lanes in four registers of 128 bits.</summary>
internal readonly unsafe struct Lanes128(Vector128<float> v0, Vector128<float> v1, Vector128<float> v2, Vector128<float> v3) : ILanes<Lanes128>
{
    private readonly Vector128<float> v0 = v0;
    private readonly Vector128<float> v1 = v1;
    private readonly Vector128<float> v2 = v2;
    private readonly Vector128<float> v3 = v3;

    public static Lanes128 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Broadcast(float value) => new(
        Vector128.Create(value),
        Vector128.Create(value),
        Vector128.Create(value),
        Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 BroadcastBits(int bits) => new(
        Vector128.Create(bits).AsSingle(),
        Vector128.Create(bits).AsSingle(),
        Vector128.Create(bits).AsSingle(),
        Vector128.Create(bits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Load(float* source) => new(
        Vector128.Load(source),
        Vector128.Load(source + 4),
        Vector128.Load(source + 8),
        Vector128.Load(source + 12));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 LoadCount(float* source, int count)
    {
        if (Avx.IsSupported)
        {
            float* mask = LaneMasks.Pointer + ILanes<Lanes128>.Width - count;
            return new(
                Avx.MaskLoad(source, Vector128.Load(mask)),
                Avx.MaskLoad(source + 4, Vector128.Load(mask + 4)),
                Avx.MaskLoad(source + 8, Vector128.Load(mask + 8)),
                Avx.MaskLoad(source + 12, Vector128.Load(mask + 12)));
        }

        Lanes128 lanes = default;
        Unsafe.CopyBlockUnaligned(&lanes, source, (uint)count * sizeof(float));
        return lanes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* destination, Lanes128 value)
    {
        value.v0.Store(destination);
        value.v1.Store(destination + 4);
        value.v2.Store(destination + 8);
        value.v3.Store(destination + 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreCount(float* destination, Lanes128 value, int count)
    {
        if (Avx.IsSupported)
        {
            float* mask = LaneMasks.Pointer + ILanes<Lanes128>.Width - count;
            StorePart(destination, mask, value.v0, count);
            StorePart(destination + 4, mask + 4, value.v1, count - 4);
            StorePart(destination + 8, mask + 8, value.v2, count - 8);
            StorePart(destination + 12, mask + 12, value.v3, count - 12);
            return;
        }

        Lanes128 lanes = value;
        Unsafe.CopyBlockUnaligned(destination, &lanes, (uint)count * sizeof(float));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator +(Lanes128 left, Lanes128 right) => new(left.v0 + right.v0, left.v1 + right.v1, left.v2 + right.v2, left.v3 + right.v3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator -(Lanes128 left, Lanes128 right) => new(left.v0 - right.v0, left.v1 - right.v1, left.v2 - right.v2, left.v3 - right.v3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator *(Lanes128 left, Lanes128 right) => new(left.v0 * right.v0, left.v1 * right.v1, left.v2 * right.v2, left.v3 * right.v3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator /(Lanes128 left, Lanes128 right) => new(left.v0 / right.v0, left.v1 / right.v1, left.v2 / right.v2, left.v3 / right.v3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 MultiplyAdd(Lanes128 left, Lanes128 right, Lanes128 addend) => new(
        Vector128.FusedMultiplyAdd(left.v0, right.v0, addend.v0),
        Vector128.FusedMultiplyAdd(left.v1, right.v1, addend.v1),
        Vector128.FusedMultiplyAdd(left.v2, right.v2, addend.v2),
        Vector128.FusedMultiplyAdd(left.v3, right.v3, addend.v3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Sqrt(Lanes128 value) => new(
        Vector128.Sqrt(value.v0),
        Vector128.Sqrt(value.v1),
        Vector128.Sqrt(value.v2),
        Vector128.Sqrt(value.v3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Max(Lanes128 left, Lanes128 right) => new(
        Larger(left.v0, right.v0),
        Larger(left.v1, right.v1),
        Larger(left.v2, right.v2),
        Larger(left.v3, right.v3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Min(Lanes128 left, Lanes128 right) => new(
        Smaller(left.v0, right.v0),
        Smaller(left.v1, right.v1),
        Smaller(left.v2, right.v2),
        Smaller(left.v3, right.v3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 GreaterThan(Lanes128 left, Lanes128 right) => new(
        Vector128.GreaterThan(left.v0, right.v0),
        Vector128.GreaterThan(left.v1, right.v1),
        Vector128.GreaterThan(left.v2, right.v2),
        Vector128.GreaterThan(left.v3, right.v3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 GreaterThanOrEqual(Lanes128 left, Lanes128 right) => new(
        Vector128.GreaterThanOrEqual(left.v0, right.v0),
        Vector128.GreaterThanOrEqual(left.v1, right.v1),
        Vector128.GreaterThanOrEqual(left.v2, right.v2),
        Vector128.GreaterThanOrEqual(left.v3, right.v3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 AreEqual(Lanes128 left, Lanes128 right) => new(
        Vector128.Equals(left.v0, right.v0),
        Vector128.Equals(left.v1, right.v1),
        Vector128.Equals(left.v2, right.v2),
        Vector128.Equals(left.v3, right.v3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Select(Lanes128 mask, Lanes128 yes, Lanes128 no) => new(
        Vector128.ConditionalSelect(mask.v0, yes.v0, no.v0),
        Vector128.ConditionalSelect(mask.v1, yes.v1, no.v1),
        Vector128.ConditionalSelect(mask.v2, yes.v2, no.v2),
        Vector128.ConditionalSelect(mask.v3, yes.v3, no.v3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 And(Lanes128 left, Lanes128 right) => new(left.v0 & right.v0, left.v1 & right.v1, left.v2 & right.v2, left.v3 & right.v3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Or(Lanes128 left, Lanes128 right) => new(left.v0 | right.v0, left.v1 | right.v1, left.v2 | right.v2, left.v3 | right.v3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Xor(Lanes128 left, Lanes128 right) => new(left.v0 ^ right.v0, left.v1 ^ right.v1, left.v2 ^ right.v2, left.v3 ^ right.v3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 AddBits(Lanes128 left, Lanes128 right) => new(
        (left.v0.AsInt32() + right.v0.AsInt32()).AsSingle(),
        (left.v1.AsInt32() + right.v1.AsInt32()).AsSingle(),
        (left.v2.AsInt32() + right.v2.AsInt32()).AsSingle(),
        (left.v3.AsInt32() + right.v3.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 SubtractBits(Lanes128 left, Lanes128 right) => new(
        (left.v0.AsInt32() - right.v0.AsInt32()).AsSingle(),
        (left.v1.AsInt32() - right.v1.AsInt32()).AsSingle(),
        (left.v2.AsInt32() - right.v2.AsInt32()).AsSingle(),
        (left.v3.AsInt32() - right.v3.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 ShiftLeft(Lanes128 value, int count) => new(
        (value.v0.AsInt32() << count).AsSingle(),
        (value.v1.AsInt32() << count).AsSingle(),
        (value.v2.AsInt32() << count).AsSingle(),
        (value.v3.AsInt32() << count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 ShiftRight(Lanes128 value, int count) => new(
        (value.v0.AsInt32() >> count).AsSingle(),
        (value.v1.AsInt32() >> count).AsSingle(),
        (value.v2.AsInt32() >> count).AsSingle(),
        (value.v3.AsInt32() >> count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 ConvertFromBits(Lanes128 integers) => new(
        Vector128.ConvertToSingle(integers.v0.AsInt32()),
        Vector128.ConvertToSingle(integers.v1.AsInt32()),
        Vector128.ConvertToSingle(integers.v2.AsInt32()),
        Vector128.ConvertToSingle(integers.v3.AsInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes128 value)
    {
        Vector128<float> four = (value.v0 + value.v2) + (value.v1 + value.v3);
        return SumOfFour(four);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxOf(Lanes128 value)
    {
        Vector128<float> four = Larger(Larger(value.v0, value.v2), Larger(value.v1, value.v3));
        return MaxOfFour(four);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumOfFour(Vector128<float> four)
    {
        Vector128<float> two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 2, 3));
        return two.GetElement(0) + two.GetElement(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxOfFour(Vector128<float> four)
    {
        Vector128<float> two = Larger(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 2, 3)));
        return two.GetElement(0) > two.GetElement(1) ? two.GetElement(0) : two.GetElement(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> Larger(Vector128<float> left, Vector128<float> right) =>
        Sse.IsSupported ? Sse.Max(left, right) : Vector128.ConditionalSelect(Vector128.GreaterThan(left, right), left, right);

    /// <summary>Masked stores are slow on some processors, so whole registers go without.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePart(float* destination, float* mask, Vector128<float> value, int count)
    {
        if (count >= Vector128<float>.Count)
        {
            value.Store(destination);
        }
        else if (count > 0)
        {
            Avx.MaskStore(destination, Vector128.Load(mask), value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Smaller(Vector128<float> left, Vector128<float> right) =>
        Sse.IsSupported ? Sse.Min(left, right) : Vector128.ConditionalSelect(Vector128.LessThan(left, right), left, right);
}
