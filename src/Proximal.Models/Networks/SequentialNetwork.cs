using Proximal.Tensors;

namespace Proximal.Models.Networks;

/// <summary>Networks one behind the other; none of them makes the identity.</summary>
public sealed class SequentialNetwork : Network
{
    private readonly Network[] parts;
    private readonly Parameter[] parameters;

    /// <summary>Joins networks.</summary>
    /// <param name="inputWidth">Numbers per input row.</param>
    /// <param name="parts">The networks in order; they belong to this one from here on.</param>
    /// <exception cref="ArgumentException">A network does not take what comes before it.</exception>
    public SequentialNetwork(int inputWidth, params ReadOnlySpan<Network> parts)
    {
        InputWidth = OutputWidth = inputWidth;
        foreach (Network part in parts)
        {
            if (part.InputWidth != OutputWidth)
            {
                throw new ArgumentException($"A network of {part.InputWidth} inputs stands behind {OutputWidth} outputs.", nameof(parts));
            }

            OutputWidth = part.OutputWidth;
        }

        this.parts = parts.ToArray();
        parameters = [.. this.parts.SelectMany(part => part.Parameters)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    /// <inheritdoc/>
    public override int InputWidth { get; }

    /// <inheritdoc/>
    public override int OutputWidth { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input)
    {
        Tensor x = input;
        foreach (Network part in parts)
        {
            x = part.Forward(x);
        }

        return x;
    }

    /// <inheritdoc/>
    public override Tensor Tangent(Network direction, Tensor input, Tensor? inputTangent, out Tensor output)
    {
        ArgumentNullException.ThrowIfNull(input);
        SequentialNetwork along = Like<SequentialNetwork>(direction);
        Tensor? tangent = inputTangent;
        output = input;
        for (int i = 0; i < parts.Length; i++)
        {
            tangent = parts[i].Tangent(along.parts[i], output, tangent, out output);
        }

        return tangent ?? input.Tape!.Filled(input.Shape, 0);
    }
}
