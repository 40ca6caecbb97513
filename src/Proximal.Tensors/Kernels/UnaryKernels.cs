using System.Runtime.CompilerServices;
using Proximal.Tensors.Kernels.Lanes;
using static Proximal.Tensors.Kernels.LaneFunctions;

namespace Proximal.Tensors.Kernels;

/// <summary>The elementwise functions of one operand.</summary>
internal static class UnaryKernels
{
    /// <summary>x + p.</summary>
    public readonly struct AddConstant : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => x + p;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => One<T>();
    }

    /// <summary>p x.</summary>
    public readonly struct MultiplyConstant : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => x * p;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => p;
    }

    /// <summary>p - x.</summary>
    public readonly struct SubtractFromConstant : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => p - x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => T.Broadcast(-1f);
    }

    /// <summary>p / x.</summary>
    public readonly struct DivideConstant : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => p / x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => T.Zero - (y / x);
    }

    /// <summary>x / p.</summary>
    public readonly struct DivideByConstant : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => x / p;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => One<T>() / p;
    }

    /// <summary>x^p, q the parity of p (see <see cref="LaneFunctions.Power"/>).</summary>
    public readonly struct Power : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => Power(x, p, q);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => p * Power(x, p - One<T>(), T.Select(T.AreEqual(q, T.Broadcast(2f)), q, One<T>() - q));
    }

    /// <summary>-x.</summary>
    public readonly struct Negate : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => T.Xor(x, T.BroadcastBits(int.MinValue));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => T.Broadcast(-1f);
    }

    /// <summary>|x|, derivative 0 at 0.</summary>
    public readonly struct Absolute : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => Abs(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => Sign(x);
    }

    /// <summary>e^x.</summary>
    public readonly struct Exponential : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => LaneMath.Exp(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => y;
    }

    /// <summary>Log x.</summary>
    public readonly struct Logarithm : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => LaneMath.Log(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => One<T>() / x;
    }

    /// <summary>The square root.</summary>
    public readonly struct SquareRoot : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => T.Sqrt(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => T.Broadcast(0.5f) / y;
    }

    /// <summary>1 / sqrt(x).</summary>
    public readonly struct ReciprocalSquareRoot : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => One<T>() / T.Sqrt(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => T.Broadcast(-0.5f) * y / x;
    }

    /// <summary>x^2.</summary>
    public readonly struct Square : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => x * x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => x + x;
    }

    /// <summary>1 / x.</summary>
    public readonly struct Reciprocal : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => One<T>() / x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => T.Zero - (y * y);
    }

    /// <summary>-1, 0 or 1.</summary>
    public readonly struct Sign : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => Sign(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => T.Zero;
    }

    /// <summary>x held in [p, q]; derivative 1 inside and on the bounds.</summary>
    public readonly struct Clamp : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => T.Min(q, T.Max(p, x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => T.And(Indicator(T.GreaterThanOrEqual(x, p)), T.GreaterThanOrEqual(q, x));
    }

    /// <summary>Max(x, p); derivative 1 where x is not below.</summary>
    public readonly struct MaximumConstant : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => T.Max(p, x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => Indicator(T.GreaterThanOrEqual(x, p));
    }

    /// <summary>Min(x, p); derivative 1 where x is not above.</summary>
    public readonly struct MinimumConstant : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => T.Min(p, x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => Indicator(T.GreaterThanOrEqual(p, x));
    }

    /// <summary>1 where x &gt; p.</summary>
    public readonly struct GreaterThanConstant : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => Indicator(T.GreaterThan(x, p));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => T.Zero;
    }

    /// <summary>1 where x &gt;= p.</summary>
    public readonly struct GreaterThanOrEqualConstant : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => Indicator(T.GreaterThanOrEqual(x, p));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => T.Zero;
    }

    /// <summary>1 where x &lt; p.</summary>
    public readonly struct LessThanConstant : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => Indicator(T.GreaterThan(p, x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => T.Zero;
    }

    /// <summary>1 where x &lt;= p.</summary>
    public readonly struct LessThanOrEqualConstant : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => Indicator(T.GreaterThanOrEqual(p, x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => T.Zero;
    }

    /// <summary>1 where x = p.</summary>
    public readonly struct EqualConstant : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => Indicator(T.AreEqual(x, p));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => T.Zero;
    }

    /// <summary>1 where x is not p.</summary>
    public readonly struct NotEqualConstant : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => One<T>() - Indicator(T.AreEqual(x, p));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => T.Zero;
    }

    /// <summary>Max(x, 0), derivative 0 at 0.</summary>
    public readonly struct Relu : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => T.Max(T.Zero, x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => Indicator(T.GreaterThan(x, T.Zero));
    }

    /// <summary>x above 0, p x below.</summary>
    public readonly struct LeakyRelu : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => T.Select(T.GreaterThan(x, T.Zero), x, x * p);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => T.Select(T.GreaterThan(x, T.Zero), One<T>(), p);
    }

    /// <summary>x above 0, p (e^x - 1) below.</summary>
    public readonly struct Elu : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => T.Select(T.GreaterThan(x, T.Zero), x, p * ExpMinusOne(T.Min(T.Zero, x)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => T.Select(T.GreaterThan(x, T.Zero), One<T>(), y + p);
    }

    /// <summary>1 / (1 + e^-x).</summary>
    public readonly struct Sigmoid : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => LaneMath.Sigmoid(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => y * (One<T>() - y);
    }

    /// <summary>The hyperbolic tangent.</summary>
    public readonly struct Tanh : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => LaneMath.Tanh(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => One<T>() - (y * y);
    }

    /// <summary>Log(1 + e^x).</summary>
    public readonly struct Softplus : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => Softplus(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T> => LaneMath.Sigmoid(x);
    }

    /// <summary>x sigmoid(x).</summary>
    public readonly struct Silu : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => LaneMath.Silu(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T>
        {
            T s = LaneMath.Sigmoid(x);
            return s + (y * (One<T>() - s));
        }
    }

    /// <summary>x tanh(softplus(x)).</summary>
    public readonly struct Mish : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => x * LaneMath.Tanh(Softplus(x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T>
        {
            T t = LaneMath.Tanh(Softplus(x));
            return t + (x * (One<T>() - (t * t)) * LaneMath.Sigmoid(x));
        }
    }

    /// <summary>x Phi(x), Phi the normal distribution function.</summary>
    public readonly struct Gelu : IUnaryKernel
    {
        private const float InverseSqrtOfTwo = 0.70710678f;
        private const float InverseSqrtOfTwoPi = 0.39894228f;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => x * Distribution(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T>
        {
            T density = T.Broadcast(InverseSqrtOfTwoPi) * LaneMath.Exp(T.Broadcast(-0.5f) * x * x);
            return Distribution(x) + (x * density);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T Distribution<T>(T x)
            where T : struct, ILanes<T> => T.Broadcast(0.5f) * (One<T>() + ErrorFunction(x * T.Broadcast(InverseSqrtOfTwo)));
    }

    /// <summary>x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) / 2.</summary>
    public readonly struct GeluTanh : IUnaryKernel
    {
        private const float Factor = 0.79788456f;
        private const float Cubic = 0.044715f;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Forward<T>(T x, T p, T q)
            where T : struct, ILanes<T> => T.Broadcast(0.5f) * x * (One<T>() + Inner(x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Derivative<T>(T x, T y, T p, T q)
            where T : struct, ILanes<T>
        {
            T t = Inner(x);
            T slope = T.Broadcast(Factor) * T.MultiplyAdd(T.Broadcast(3 * Cubic) * x, x, One<T>());
            return T.Broadcast(0.5f) * (One<T>() + t + (x * (One<T>() - (t * t)) * slope));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T Inner<T>(T x)
            where T : struct, ILanes<T> => LaneMath.Tanh(T.Broadcast(Factor) * T.MultiplyAdd(T.Broadcast(Cubic) * x * x, x, x));
    }
}
