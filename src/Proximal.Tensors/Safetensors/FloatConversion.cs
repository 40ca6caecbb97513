using System.Numerics;
using System.Runtime.CompilerServices;

namespace Proximal.Tensors.Safetensors;

/// <summary>Conversions between 32-bit floats and the two 16-bit formats, vectorized. Widening is exact; narrowing rounds to nearest, ties to even.</summary>
internal static class FloatConversion
{
    private const uint Infinity = 0x7F800000;
    private const uint Sign = 0x80000000;

    // 2^112: moves the exponent of a half, put into the place of a float's, to the float's bias.
    private const uint HalfScale = (254 - 15) << 23;

    // From here on (65536) a half is infinite; the rounding below carries 65520..65535 there as well.
    private const uint HalfOverflow = (127 + 16) << 23;

    // Below 2^-14 a half is subnormal. Adding 0.5 puts the last bit of a half at the last bit of the float, so that the processor rounds.
    private const uint HalfSmallestNormal = (127 - 14) << 23;
    private const uint HalfSubnormalMagic = 126 << 23;

    // Changes the bias of the exponent and adds just less than half a unit in the last place of a half.
    private const uint HalfRounding = unchecked((uint)((15 - 127) << 23)) + 0xFFF;

    public static void BFloat16ToSingle(ReadOnlySpan<ushort> source, Span<float> destination)
    {
        Span<float> target = destination[..source.Length];
        int i = 0;
        for (; i <= source.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(source[i..]), out Vector<uint> low, out Vector<uint> high);
            Vector.AsVectorSingle(low << 16).CopyTo(target[i..]);
            Vector.AsVectorSingle(high << 16).CopyTo(target[(i + Vector<uint>.Count)..]);
        }

        for (; i < source.Length; i++)
        {
            target[i] = BitConverter.UInt32BitsToSingle((uint)source[i] << 16);
        }
    }

    public static void SingleToBFloat16(ReadOnlySpan<float> source, Span<ushort> destination)
    {
        Span<ushort> target = destination[..source.Length];
        int i = 0;
        for (; i <= source.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector<uint> low = NarrowToBFloat16(Vector.AsVectorUInt32(new Vector<float>(source[i..])));
            Vector<uint> high = NarrowToBFloat16(Vector.AsVectorUInt32(new Vector<float>(source[(i + Vector<uint>.Count)..])));
            Vector.Narrow(low, high).CopyTo(target[i..]);
        }

        for (; i < source.Length; i++)
        {
            uint bits = BitConverter.SingleToUInt32Bits(source[i]);
            target[i] = (ushort)(float.IsNaN(source[i]) ? (bits >> 16) | 0x40 : (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
        }
    }

    public static void HalfToSingle(ReadOnlySpan<ushort> source, Span<float> destination)
    {
        Span<float> target = destination[..source.Length];
        int i = 0;
        for (; i <= source.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(source[i..]), out Vector<uint> low, out Vector<uint> high);
            WidenHalf(low).CopyTo(target[i..]);
            WidenHalf(high).CopyTo(target[(i + Vector<uint>.Count)..]);
        }

        for (; i < source.Length; i++)
        {
            target[i] = (float)BitConverter.UInt16BitsToHalf(source[i]);
        }
    }

    public static void SingleToHalf(ReadOnlySpan<float> source, Span<ushort> destination)
    {
        Span<ushort> target = destination[..source.Length];
        int i = 0;
        for (; i <= source.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector<uint> low = NarrowToHalf(Vector.AsVectorUInt32(new Vector<float>(source[i..])));
            Vector<uint> high = NarrowToHalf(Vector.AsVectorUInt32(new Vector<float>(source[(i + Vector<uint>.Count)..])));
            Vector.Narrow(low, high).CopyTo(target[i..]);
        }

        for (; i < source.Length; i++)
        {
            target[i] = BitConverter.HalfToUInt16Bits((Half)source[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> NarrowToBFloat16(Vector<uint> bits)
    {
        Vector<uint> upper = bits >>> 16;
        Vector<uint> rounded = (bits + new Vector<uint>(0x7FFF) + (upper & Vector<uint>.One)) >>> 16;
        Vector<uint> isNaN = Vector.GreaterThan(bits & new Vector<uint>(~Sign), new Vector<uint>(Infinity));
        return Vector.ConditionalSelect(isNaN, upper | new Vector<uint>(0x40), rounded);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> WidenHalf(Vector<uint> half)
    {
        Vector<uint> magnitude = half & new Vector<uint>(0x7FFF);
        Vector<uint> scaled = Vector.AsVectorUInt32(Vector.AsVectorSingle(magnitude << 13) * Vector.AsVectorSingle(new Vector<uint>(HalfScale)));
        Vector<uint> special = Vector.GreaterThanOrEqual(magnitude, new Vector<uint>(0x7C00)) & new Vector<uint>(Infinity);
        return Vector.AsVectorSingle(scaled | special | ((half & new Vector<uint>(0x8000)) << 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> NarrowToHalf(Vector<uint> bits)
    {
        Vector<uint> sign = bits & new Vector<uint>(Sign);
        Vector<uint> magnitude = bits ^ sign;
        Vector<uint> normal = (magnitude + new Vector<uint>(HalfRounding) + ((magnitude >>> 13) & Vector<uint>.One)) >>> 13;
        Vector<uint> magic = new(HalfSubnormalMagic);
        Vector<uint> subnormal = Vector.AsVectorUInt32(Vector.AsVectorSingle(magnitude) + Vector.AsVectorSingle(magic)) - magic;
        Vector<uint> isNaN = Vector.GreaterThan(magnitude, new Vector<uint>(Infinity));
        Vector<uint> special = Vector.ConditionalSelect(isNaN, new Vector<uint>(0x7E00), new Vector<uint>(0x7C00));
        Vector<uint> finite = Vector.ConditionalSelect(Vector.LessThan(magnitude, new Vector<uint>(HalfSmallestNormal)), subnormal, normal);
        Vector<uint> result = Vector.ConditionalSelect(Vector.GreaterThanOrEqual(magnitude, new Vector<uint>(HalfOverflow)), special, finite);
        return result | (sign >>> 16);
    }
}
