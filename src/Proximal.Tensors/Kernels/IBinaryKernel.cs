using Proximal.Tensors.Kernels.Lanes;

namespace Proximal.Tensors.Kernels;

/// <summary>An elementwise function z = f(x, y) and its partial derivatives.</summary>
internal interface IBinaryKernel
{
    static abstract T Forward<T>(T x, T y)
        where T : struct, ILanes<T>;

    static abstract T LeftDerivative<T>(T x, T y, T z)
        where T : struct, ILanes<T>;

    static abstract T RightDerivative<T>(T x, T y, T z)
        where T : struct, ILanes<T>;
}
