using System.Runtime.CompilerServices;

namespace Proximal.Tensors.Kernels.Lanes;

/// <summary>
/// Transcendental functions on sixteen lanes, built from exactly rounded operations only, so that they give the same bits on every processor.
/// Polynomials from the Cephes library (Moshier), errors about one unit in the last place.
/// </summary>
internal static class LaneMath
{
    private const float LogOfTwoHigh = 0.693359375f;
    private const float LogOfTwoLow = -2.12194440e-4f;

    /// <summary>1.5 * 2^23: adding it rounds a small number to the nearest integer, which then sits in the low bits.</summary>
    private const float RoundingConstant = 12582912f;

    /// <summary>e^x: +0 far below, infinity far above, subnormal numbers between, NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x)
        where T : struct, ILanes<T>
    {
        // The order of operands keeps NaN.
        x = T.Max(T.Broadcast(-104.5f), T.Min(T.Broadcast(89f), x));
        T shifted = T.MultiplyAdd(x, T.Broadcast(1.44269504f), T.Broadcast(RoundingConstant));
        T n = shifted - T.Broadcast(RoundingConstant);
        T r = T.MultiplyAdd(n, T.Broadcast(-LogOfTwoHigh), x);
        r = T.MultiplyAdd(n, T.Broadcast(-LogOfTwoLow), r);
        T p = T.MultiplyAdd(T.Broadcast(1.9875691500e-4f), r, T.Broadcast(1.3981999507e-3f));
        p = T.MultiplyAdd(p, r, T.Broadcast(8.3334519073e-3f));
        p = T.MultiplyAdd(p, r, T.Broadcast(4.1665795894e-2f));
        p = T.MultiplyAdd(p, r, T.Broadcast(1.6666665459e-1f));
        p = T.MultiplyAdd(p, r, T.Broadcast(5.0000001201e-1f));
        p = T.MultiplyAdd(p, r * r, r) + T.Broadcast(1f);

        // Two factors, because 2^n alone leaves the range of exponents at both ends.
        T exponent = T.SubtractBits(shifted, T.Broadcast(RoundingConstant));
        T half = T.ShiftRight(exponent, 1);
        return p * PowerOfTwo(half) * PowerOfTwo(T.SubtractBits(exponent, half));
    }

    /// <summary>The natural logarithm: -infinity for zero, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log<T>(T x)
        where T : struct, ILanes<T>
    {
        const float smallestNormal = 1.17549435e-38f;
        T subnormal = T.GreaterThan(T.Broadcast(smallestNormal), x);
        T normal = T.Select(subnormal, x * T.Broadcast(8388608f), x);

        // Splits into 2^e * mantissa with the mantissa in [sqrt(1/2), sqrt(2)).
        T offset = T.SubtractBits(normal, T.BroadcastBits(0x3F3504F3));
        T e = T.ConvertFromBits(T.ShiftRight(offset, 23)) - T.And(subnormal, T.Broadcast(23f));
        T mantissa = T.AddBits(T.And(offset, T.BroadcastBits(0x007FFFFF)), T.BroadcastBits(0x3F3504F3));
        T m = mantissa - T.Broadcast(1f);
        T square = m * m;
        T p = T.MultiplyAdd(T.Broadcast(7.0376836292e-2f), m, T.Broadcast(-1.1514610310e-1f));
        p = T.MultiplyAdd(p, m, T.Broadcast(1.1676998740e-1f));
        p = T.MultiplyAdd(p, m, T.Broadcast(-1.2420140846e-1f));
        p = T.MultiplyAdd(p, m, T.Broadcast(1.4249322787e-1f));
        p = T.MultiplyAdd(p, m, T.Broadcast(-1.6668057665e-1f));
        p = T.MultiplyAdd(p, m, T.Broadcast(2.0000714765e-1f));
        p = T.MultiplyAdd(p, m, T.Broadcast(-2.4999993993e-1f));
        p = T.MultiplyAdd(p, m, T.Broadcast(3.3333331174e-1f));
        p = p * m * square;
        p = T.MultiplyAdd(e, T.Broadcast(LogOfTwoLow), p);
        p = T.MultiplyAdd(square, T.Broadcast(-0.5f), p);
        T result = T.MultiplyAdd(e, T.Broadcast(LogOfTwoHigh), m + p);

        T infinity = T.Broadcast(float.PositiveInfinity);
        result = T.Select(T.GreaterThan(infinity, x), result, x);
        result = T.Select(T.GreaterThan(T.Zero, x), T.Broadcast(float.NaN), result);
        return T.Select(T.AreEqual(x, T.Zero), T.Broadcast(float.NegativeInfinity), result);
    }

    /// <summary>1 / (1 + e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sigmoid<T>(T x)
        where T : struct, ILanes<T> => T.Broadcast(1f) / (T.Broadcast(1f) + Exp(T.Zero - x));

    /// <summary>x / (1 + e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Silu<T>(T x)
        where T : struct, ILanes<T> => x / (T.Broadcast(1f) + Exp(T.Zero - x));

    /// <summary>The hyperbolic tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x)
        where T : struct, ILanes<T>
    {
        T sign = T.And(x, T.BroadcastBits(int.MinValue));
        T magnitude = T.Xor(x, sign);
        T far = T.Broadcast(1f) - (T.Broadcast(2f) / (Exp(magnitude + magnitude) + T.Broadcast(1f)));
        T square = x * x;
        T p = T.MultiplyAdd(T.Broadcast(-5.70498872745e-3f), square, T.Broadcast(2.06390887954e-2f));
        p = T.MultiplyAdd(p, square, T.Broadcast(-5.37397155531e-2f));
        p = T.MultiplyAdd(p, square, T.Broadcast(1.33314422036e-1f));
        p = T.MultiplyAdd(p, square, T.Broadcast(-3.33332819422e-1f));
        T near = T.MultiplyAdd(p * square, x, x);
        return T.Select(T.GreaterThan(T.Broadcast(0.625f), magnitude), near, T.Or(far, sign));
    }

    /// <summary>2 to the power of lanes read as integers in -126..127.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T PowerOfTwo<T>(T integers)
        where T : struct, ILanes<T> => T.ShiftLeft(T.AddBits(integers, T.BroadcastBits(127)), 23);
}
