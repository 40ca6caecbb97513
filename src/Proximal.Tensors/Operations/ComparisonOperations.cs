using Proximal.Tensors.Kernels;
using Proximal.Tensors.Operations;

namespace Proximal.Tensors;

/// <summary>Comparisons element by element, as masks of 1 and 0 for <see cref="ElementwiseOperations.Where"/> and for products. No gradient flows through.</summary>
public static class ComparisonOperations
{
    /// <summary>1 where x &gt; y.</summary>
    public static Tensor GreaterThan(this Tensor x, Tensor y) => BinaryOperation<BinaryKernels.GreaterThan>.ApplyDetached(x, y);

    /// <summary>1 where x &gt; c.</summary>
    public static Tensor GreaterThan(this Tensor x, float c) => UnaryOperation<UnaryKernels.GreaterThanConstant>.ApplyDetached(x, c);

    /// <summary>1 where x &gt;= y.</summary>
    public static Tensor GreaterThanOrEqual(this Tensor x, Tensor y) => BinaryOperation<BinaryKernels.GreaterThanOrEqual>.ApplyDetached(x, y);

    /// <summary>1 where x &gt;= c.</summary>
    public static Tensor GreaterThanOrEqual(this Tensor x, float c) => UnaryOperation<UnaryKernels.GreaterThanOrEqualConstant>.ApplyDetached(x, c);

    /// <summary>1 where x &lt; y.</summary>
    public static Tensor LessThan(this Tensor x, Tensor y) => BinaryOperation<BinaryKernels.GreaterThan>.ApplyDetached(y, x);

    /// <summary>1 where x &lt; c.</summary>
    public static Tensor LessThan(this Tensor x, float c) => UnaryOperation<UnaryKernels.LessThanConstant>.ApplyDetached(x, c);

    /// <summary>1 where x &lt;= y.</summary>
    public static Tensor LessThanOrEqual(this Tensor x, Tensor y) => BinaryOperation<BinaryKernels.GreaterThanOrEqual>.ApplyDetached(y, x);

    /// <summary>1 where x &lt;= c.</summary>
    public static Tensor LessThanOrEqual(this Tensor x, float c) => UnaryOperation<UnaryKernels.LessThanOrEqualConstant>.ApplyDetached(x, c);

    /// <summary>1 where x = y.</summary>
    public static Tensor EqualTo(this Tensor x, Tensor y) => BinaryOperation<BinaryKernels.Equal>.ApplyDetached(x, y);

    /// <summary>1 where x = c.</summary>
    public static Tensor EqualTo(this Tensor x, float c) => UnaryOperation<UnaryKernels.EqualConstant>.ApplyDetached(x, c);

    /// <summary>1 where x is not y.</summary>
    public static Tensor NotEqualTo(this Tensor x, Tensor y) => BinaryOperation<BinaryKernels.NotEqual>.ApplyDetached(x, y);

    /// <summary>1 where x is not c.</summary>
    public static Tensor NotEqualTo(this Tensor x, float c) => UnaryOperation<UnaryKernels.NotEqualConstant>.ApplyDetached(x, c);
}
