using System.Runtime.CompilerServices;
using Proximal.Tensors.Kernels.Lanes;

namespace Proximal.Tensors.Kernels;

/// <summary>Functions that the elementwise kernels share, beyond those of <see cref="LaneMath"/>.</summary>
internal static class LaneFunctions
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T One<T>()
        where T : struct, ILanes<T> => T.Broadcast(1f);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Abs<T>(T x)
        where T : struct, ILanes<T> => T.And(x, T.BroadcastBits(int.MaxValue));

    /// <summary>1 where the mask is set, 0 elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Indicator<T>(T mask)
        where T : struct, ILanes<T> => T.And(mask, One<T>());

    /// <summary>-1, 0 or 1; NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sign<T>(T x)
        where T : struct, ILanes<T>
    {
        T sign = T.Or(T.And(x, T.BroadcastBits(int.MinValue)), One<T>());
        return T.Select(T.GreaterThan(Abs(x), T.Zero), sign, x + x);
    }

    /// <summary>log(1 + x) for x in [0, 1], precise for small x (Kahan).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LogOnePlus<T>(T x)
        where T : struct, ILanes<T>
    {
        T u = One<T>() + x;
        return T.Select(T.AreEqual(u, One<T>()), x, LaneMath.Log(u) * x / (u - One<T>()));
    }

    /// <summary>e^x - 1 for x of 0 or less, precise for small x (a series below 1/2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ExpMinusOne<T>(T x)
        where T : struct, ILanes<T>
    {
        T p = T.MultiplyAdd(T.Broadcast(1f / 5040f), x, T.Broadcast(1f / 720f));
        p = T.MultiplyAdd(p, x, T.Broadcast(1f / 120f));
        p = T.MultiplyAdd(p, x, T.Broadcast(1f / 24f));
        p = T.MultiplyAdd(p, x, T.Broadcast(1f / 6f));
        p = T.MultiplyAdd(p, x, T.Broadcast(0.5f));
        T near = T.MultiplyAdd(p * x, x, x);
        return T.Select(T.GreaterThan(T.Broadcast(-0.5f), x), LaneMath.Exp(x) - One<T>(), near);
    }

    /// <summary>log(1 + e^x) without overflow: max(x, 0) + log(1 + e^-|x|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Softplus<T>(T x)
        where T : struct, ILanes<T> => T.Max(T.Zero, x) + LogOnePlus(LaneMath.Exp(T.Zero - Abs(x)));

    /// <summary>x^p for x of either sign. The parity q of p is 0 for even, 1 for odd, and 2 for an exponent that is no integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Power<T>(T x, T p, T q)
        where T : struct, ILanes<T>
    {
        T magnitude = LaneMath.Exp(p * LaneMath.Log(Abs(x)));
        T mirrored = T.Select(
            T.AreEqual(q, T.Zero), magnitude, T.Select(T.AreEqual(q, One<T>()), T.Zero - magnitude, T.Broadcast(float.NaN)));
        return T.Select(T.AreEqual(p, T.Zero), One<T>(), T.Select(T.GreaterThan(T.Zero, x), mirrored, magnitude));
    }

    /// <summary>The error function (Cephes <c>erff</c>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ErrorFunction<T>(T x)
        where T : struct, ILanes<T>
    {
        T square = x * x;
        T near = T.MultiplyAdd(T.Broadcast(7.853861353153693e-5f), square, T.Broadcast(-8.010193625184903e-4f));
        near = T.MultiplyAdd(near, square, T.Broadcast(5.188327685732524e-3f));
        near = T.MultiplyAdd(near, square, T.Broadcast(-2.685381193529856e-2f));
        near = T.MultiplyAdd(near, square, T.Broadcast(1.128358514861418e-1f));
        near = T.MultiplyAdd(near, square, T.Broadcast(-3.761262582423300e-1f));
        near = T.MultiplyAdd(near, square, T.Broadcast(1.128379165726710f)) * x;

        T magnitude = Abs(x);
        T q = One<T>() / magnitude;
        T y = q * q;
        T middle = T.MultiplyAdd(T.Broadcast(2.326819970068386e-2f), y, T.Broadcast(-1.387039388740657e-1f));
        middle = T.MultiplyAdd(middle, y, T.Broadcast(3.687424674597105e-1f));
        middle = T.MultiplyAdd(middle, y, T.Broadcast(-5.824733027278666e-1f));
        middle = T.MultiplyAdd(middle, y, T.Broadcast(6.210004621745983e-1f));
        middle = T.MultiplyAdd(middle, y, T.Broadcast(-4.944515323274145e-1f));
        middle = T.MultiplyAdd(middle, y, T.Broadcast(3.404879937665872e-1f));
        middle = T.MultiplyAdd(middle, y, T.Broadcast(-2.741127028184656e-1f));
        middle = T.MultiplyAdd(middle, y, T.Broadcast(5.638259427386472e-1f));
        T far = T.MultiplyAdd(T.Broadcast(-10.47766399936249f), y, T.Broadcast(12.97719955372516f));
        far = T.MultiplyAdd(far, y, T.Broadcast(-7.495518717768503f));
        far = T.MultiplyAdd(far, y, T.Broadcast(2.921019019210786f));
        far = T.MultiplyAdd(far, y, T.Broadcast(-1.015265279202700f));
        far = T.MultiplyAdd(far, y, T.Broadcast(4.218463358204948e-1f));
        far = T.MultiplyAdd(far, y, T.Broadcast(-2.820767439740514e-1f));
        far = T.MultiplyAdd(far, y, T.Broadcast(5.641895067754075e-1f));
        T complement = LaneMath.Exp(T.Zero - square) * q * T.Select(T.GreaterThan(T.Broadcast(2f), magnitude), middle, far);
        T outside = T.Or(One<T>() - complement, T.And(x, T.BroadcastBits(int.MinValue)));
        return T.Select(T.GreaterThanOrEqual(magnitude, One<T>()), outside, near);
    }
}
