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
}
