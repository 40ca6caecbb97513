using System.Collections.ObjectModel;

namespace Proximal.Tensors;

/// <summary>The experts of one layer of a mixture: gated feed-forward units of equal sizes, of which every row goes through a few.</summary>
public sealed class ExpertLayer
{
    /// <summary>The most experts of a layer.</summary>
    public const int Maximum = 1024;

    /// <summary>Puts experts together.</summary>
    /// <param name="experts">Of each expert the gate and the other factor [inner, width], and the matrix back [width, inner].</param>
    /// <exception cref="ArgumentException">No expert, too many, or other shapes than those of the first.</exception>
    public ExpertLayer(params (Parameter Gate, Parameter Up, Parameter Down)[] experts)
    {
        ArgumentNullException.ThrowIfNull(experts);
        if (experts.Length is < 1 or > Maximum)
        {
            throw new ArgumentException($"A layer has 1 to {Maximum} experts, not {experts.Length}.", nameof(experts));
        }

        Shape inward = experts[0].Gate.Shape;
        foreach ((Parameter gate, Parameter up, Parameter down) in experts)
        {
            if (inward.Rank != 2 || gate.Shape != inward || up.Shape != inward || down.Shape != new Shape(inward[1], inward[0]))
            {
                throw new ArgumentException($"The expert {gate.Name} {gate.Shape}, {up.Shape}, {down.Shape} has not the sizes of the first, {inward}.", nameof(experts));
            }

            RequiresGradient |= gate.RequiresGradient || up.RequiresGradient || down.RequiresGradient;
        }

        Experts = Array.AsReadOnly(experts);
    }

    /// <summary>The experts in order.</summary>
    public ReadOnlyCollection<(Parameter Gate, Parameter Up, Parameter Down)> Experts { get; }

    /// <summary>Numbers that a row has.</summary>
    public int Width => Experts[0].Gate.Shape[1];

    /// <summary>Numbers that a row has inside an expert.</summary>
    public int Inner => Experts[0].Gate.Shape[0];

    /// <summary>Whether a gradient is computed for any of the parameters.</summary>
    internal bool RequiresGradient { get; }
}
