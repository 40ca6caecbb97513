using Proximal.Tensors.Kernels.Lanes;

namespace Proximal.Tensors.Kernels;

/// <summary>An elementwise function y = f(x) with two settings p and q, and its derivative.</summary>
internal interface IUnaryKernel
{
    static abstract T Forward<T>(T x, T p, T q)
        where T : struct, ILanes<T>;

    static abstract T Derivative<T>(T x, T y, T p, T q)
        where T : struct, ILanes<T>;
}
