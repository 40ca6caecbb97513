using Proximal.Tensors;

namespace Proximal.Models.Networks;

/// <summary>The nonlinearity between layers.</summary>
public enum Activation
{
    /// <summary>None.</summary>
    Identity,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,

    /// <summary>x for x above 0, else 0.01 x.</summary>
    LeakyRelu,

    /// <summary>x for x above 0, else exp(x) - 1.</summary>
    Elu,

    /// <summary>x times the normal distribution function of x.</summary>
    Gelu,

    /// <summary>x times the logistic function of x.</summary>
    Silu,

    /// <summary>x tanh(log(1 + exp x)).</summary>
    Mish,
}

/// <summary>Applies activations.</summary>
public static class ActivationExtensions
{
    private const float InverseSqrtTwoPi = 0.3989422804f;

    /// <summary>Applies the nonlinearity to every element.</summary>
    public static Tensor Apply(this Activation activation, Tensor x) => activation switch
    {
        Activation.Relu => x.Relu(),
        Activation.Tanh => x.Tanh(),
        Activation.LeakyRelu => x.LeakyRelu(),
        Activation.Elu => x.Elu(),
        Activation.Gelu => x.Gelu(),
        Activation.Silu => x.Silu(),
        Activation.Mish => x.Mish(),
        _ => x,
    };

    /// <summary>The derivative of the nonlinearity times a direction: f'(x) t, element by element.</summary>
    /// <param name="activation">f.</param>
    /// <param name="x">Where.</param>
    /// <param name="y">f(x).</param>
    /// <param name="tangent">t.</param>
    public static Tensor Tangent(this Activation activation, Tensor x, Tensor y, Tensor tangent)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(tangent);
        return activation switch
        {
            Activation.Relu => x.GreaterThan(0) * tangent,
            Activation.Tanh => (1 - y.Square()) * tangent,
            Activation.LeakyRelu => ((x.GreaterThan(0) * 0.99f) + 0.01f) * tangent,
            Activation.Elu => x.Minimum(0).Exp() * tangent,
            Activation.Gelu => (NormalDistribution(x, y) + (x * (x.Square() * -0.5f).Exp() * InverseSqrtTwoPi)) * tangent,
            Activation.Silu => SiluSlope(x.Sigmoid(), y) * tangent,
            Activation.Mish => MishSlope(x, x.Softplus().Tanh()) * tangent,
            _ => tangent,
        };
    }

    // The distribution function is gelu(x) / x, and 1/2 + x / sqrt(2 pi) where that has no digits left.
    private static Tensor NormalDistribution(Tensor x, Tensor y) => x.Abs().LessThan(1e-3f).Where((x * InverseSqrtTwoPi) + 0.5f, y / x);

    private static Tensor SiluSlope(Tensor sigmoid, Tensor y) => sigmoid + (y * (1 - sigmoid));

    private static Tensor MishSlope(Tensor x, Tensor t) => t + (x * x.Sigmoid() * (1 - t.Square()));
}
