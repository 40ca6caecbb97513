using Proximal.Tensors.Kernels;
using Proximal.Tensors.Operations;

namespace Proximal.Tensors;

/// <summary>Activation functions, element by element.</summary>
public static class ActivationOperations
{
    /// <summary>max(x, 0); the gradient at 0 is 0.</summary>
    public static Tensor Relu(this Tensor x) => UnaryOperation<UnaryKernels.Relu>.Apply(x);

    /// <summary>x above 0, slope times x below.</summary>
    public static Tensor LeakyRelu(this Tensor x, float slope = 0.01f) => UnaryOperation<UnaryKernels.LeakyRelu>.Apply(x, slope);

    /// <summary>x above 0, scale (e^x - 1) below (Clevert et al. 2016).</summary>
    public static Tensor Elu(this Tensor x, float scale = 1) => UnaryOperation<UnaryKernels.Elu>.Apply(x, scale);

    /// <summary>x times the normal distribution function of x, through the error function (Hendrycks and Gimpel 2016).</summary>
    public static Tensor Gelu(this Tensor x) => UnaryOperation<UnaryKernels.Gelu>.Apply(x);

    /// <summary>The approximation of <see cref="Gelu"/> by a hyperbolic tangent.</summary>
    public static Tensor GeluTanh(this Tensor x) => UnaryOperation<UnaryKernels.GeluTanh>.Apply(x);

    /// <summary>x sigmoid(x).</summary>
    public static Tensor Silu(this Tensor x) => UnaryOperation<UnaryKernels.Silu>.Apply(x);

    /// <summary>The hyperbolic tangent.</summary>
    public static Tensor Tanh(this Tensor x) => UnaryOperation<UnaryKernels.Tanh>.Apply(x);

    /// <summary>1 / (1 + e^-x).</summary>
    public static Tensor Sigmoid(this Tensor x) => UnaryOperation<UnaryKernels.Sigmoid>.Apply(x);

    /// <summary>log(1 + e^x), without overflow and precise for very negative x; <c>x.Negate().Softplus().Negate()</c> is log sigmoid(x).</summary>
    public static Tensor Softplus(this Tensor x) => UnaryOperation<UnaryKernels.Softplus>.Apply(x);

    /// <summary>x tanh(softplus(x)) (Misra 2019).</summary>
    public static Tensor Mish(this Tensor x) => UnaryOperation<UnaryKernels.Mish>.Apply(x);
}
