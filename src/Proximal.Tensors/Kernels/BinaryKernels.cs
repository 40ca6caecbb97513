using System.Runtime.CompilerServices;
using Proximal.Tensors.Kernels.Lanes;
using static Proximal.Tensors.Kernels.LaneFunctions;

namespace Proximal.Tensors.Kernels;

/// <summary>The elementwise functions of two operands.</summary>
internal static class BinaryKernels
{
    /// <summary>x + y.</summary>
    public readonly struct Add : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T y)
            where T : struct, ILanes<T> => x + y;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T LeftDerivative<T>(T x, T y, T z)
            where T : struct, ILanes<T> => One<T>();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T RightDerivative<T>(T x, T y, T z)
            where T : struct, ILanes<T> => One<T>();
    }

    /// <summary>x - y.</summary>
    public readonly struct Subtract : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T y)
            where T : struct, ILanes<T> => x - y;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T LeftDerivative<T>(T x, T y, T z)
            where T : struct, ILanes<T> => One<T>();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T RightDerivative<T>(T x, T y, T z)
            where T : struct, ILanes<T> => T.Broadcast(-1f);
    }

    /// <summary>x y.</summary>
    public readonly struct Multiply : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T y)
            where T : struct, ILanes<T> => x * y;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T LeftDerivative<T>(T x, T y, T z)
            where T : struct, ILanes<T> => y;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T RightDerivative<T>(T x, T y, T z)
            where T : struct, ILanes<T> => x;
    }

    /// <summary>x / y.</summary>
    public readonly struct Divide : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T y)
            where T : struct, ILanes<T> => x / y;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T LeftDerivative<T>(T x, T y, T z)
            where T : struct, ILanes<T> => One<T>() / y;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T RightDerivative<T>(T x, T y, T z)
            where T : struct, ILanes<T> => T.Zero - (z / y);
    }

    /// <summary>The larger; derivative one half each where equal.</summary>
    public readonly struct Maximum : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T y)
            where T : struct, ILanes<T> => T.Select(T.AreEqual(x, x), T.Max(x, y), x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T LeftDerivative<T>(T x, T y, T z)
            where T : struct, ILanes<T> => Share(T.GreaterThan(x, y), x, y);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T RightDerivative<T>(T x, T y, T z)
            where T : struct, ILanes<T> => Share(T.GreaterThan(y, x), x, y);
    }

    /// <summary>The smaller; derivative one half each where equal.</summary>
    public readonly struct Minimum : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T y)
            where T : struct, ILanes<T> => T.Select(T.AreEqual(x, x), T.Min(x, y), x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T LeftDerivative<T>(T x, T y, T z)
            where T : struct, ILanes<T> => Share(T.GreaterThan(y, x), x, y);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T RightDerivative<T>(T x, T y, T z)
            where T : struct, ILanes<T> => Share(T.GreaterThan(x, y), x, y);
    }

    /// <summary>1 where x &gt; y.</summary>
    public readonly struct GreaterThan : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T y)
            where T : struct, ILanes<T> => Indicator(T.GreaterThan(x, y));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T LeftDerivative<T>(T x, T y, T z)
            where T : struct, ILanes<T> => T.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T RightDerivative<T>(T x, T y, T z)
            where T : struct, ILanes<T> => T.Zero;
    }

    /// <summary>1 where x &gt;= y.</summary>
    public readonly struct GreaterThanOrEqual : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T y)
            where T : struct, ILanes<T> => Indicator(T.GreaterThanOrEqual(x, y));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T LeftDerivative<T>(T x, T y, T z)
            where T : struct, ILanes<T> => T.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T RightDerivative<T>(T x, T y, T z)
            where T : struct, ILanes<T> => T.Zero;
    }

    /// <summary>1 where x = y.</summary>
    public readonly struct Equal : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T y)
            where T : struct, ILanes<T> => Indicator(T.AreEqual(x, y));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T LeftDerivative<T>(T x, T y, T z)
            where T : struct, ILanes<T> => T.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T RightDerivative<T>(T x, T y, T z)
            where T : struct, ILanes<T> => T.Zero;
    }

    /// <summary>1 where x is not y.</summary>
    public readonly struct NotEqual : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T y)
            where T : struct, ILanes<T> => One<T>() - Indicator(T.AreEqual(x, y));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T LeftDerivative<T>(T x, T y, T z)
            where T : struct, ILanes<T> => T.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T RightDerivative<T>(T x, T y, T z)
            where T : struct, ILanes<T> => T.Zero;
    }

    /// <summary>x^y for x of 0 or more.</summary>
    public readonly struct Power : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T y)
            where T : struct, ILanes<T> => T.Select(T.AreEqual(y, T.Zero), One<T>(), LaneMath.Exp(y * LaneMath.Log(x)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T LeftDerivative<T>(T x, T y, T z)
            where T : struct, ILanes<T> => T.Select(T.AreEqual(y, T.Zero), T.Zero, T.Select(T.AreEqual(y, One<T>()), One<T>(), y * LaneMath.Exp((y - One<T>()) * LaneMath.Log(x))));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T RightDerivative<T>(T x, T y, T z)
            where T : struct, ILanes<T> => T.Select(T.GreaterThan(x, T.Zero), z * LaneMath.Log(x), T.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Share<T>(T whole, T x, T y)
        where T : struct, ILanes<T> => T.Select(whole, One<T>(), T.And(T.AreEqual(x, y), T.Broadcast(0.5f)));
}
