using System.Collections.ObjectModel;

namespace Proximal.Tensors;

/// <summary>Two or three linear layers that read the same inputs, as queries, keys and values do: the inputs are packed once for all of their products.</summary>
public sealed class LinearGroup
{
    /// <summary>The most layers.</summary>
    public const int Maximum = 3;

    /// <summary>Puts layers together.</summary>
    /// <param name="layers">Weights [out, in] of one number of inputs, and biases [out].</param>
    /// <exception cref="ArgumentException">Too few or too many layers, other numbers of inputs, or a bias of another length than its weight has outputs.</exception>
    public LinearGroup(params (Parameter Weight, Parameter? Bias)[] layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Length is < 2 or > Maximum)
        {
            throw new ArgumentException($"A group has 2 to {Maximum} linear layers, not {layers.Length}.", nameof(layers));
        }

        foreach ((Parameter weight, Parameter? bias) in layers)
        {
            if (weight.Shape.Rank != 2 || weight.Shape[1] != layers[0].Weight.Shape[-1])
            {
                throw new ArgumentException($"The weight {weight.Name} {weight.Shape} takes other inputs than {layers[0].Weight.Name} {layers[0].Weight.Shape}.", nameof(layers));
            }

            if (bias is not null && bias.Length != weight.Shape[0])
            {
                throw new ArgumentException($"The bias {bias.Name} {bias.Shape} of {weight.Shape[0]} outputs has {bias.Length} elements.", nameof(layers));
            }

            RequiresGradient |= weight.RequiresGradient || bias is { RequiresGradient: true };
        }

        Layers = Array.AsReadOnly(layers);
    }

    /// <summary>The layers in order.</summary>
    public ReadOnlyCollection<(Parameter Weight, Parameter? Bias)> Layers { get; }

    /// <summary>Numbers that a row of inputs has.</summary>
    public int Inputs => Layers[0].Weight.Shape[1];

    /// <summary>Whether a gradient is computed for any of the parameters.</summary>
    internal bool RequiresGradient { get; }
}
