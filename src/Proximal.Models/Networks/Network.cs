using Proximal.Tensors;

namespace Proximal.Models.Networks;

/// <summary>A differentiable function of rows with parameters.</summary>
public abstract class Network : IDisposable
{
    /// <summary>All parameters, in one order, with names that differ.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Numbers per input row.</summary>
    public abstract int InputWidth { get; }

    /// <summary>Numbers per output row.</summary>
    public abstract int OutputWidth { get; }

    /// <summary>Computes the function.</summary>
    /// <param name="input">[rows, <see cref="InputWidth"/>], on a tape.</param>
    /// <returns>[rows, <see cref="OutputWidth"/>].</returns>
    public abstract Tensor Forward(Tensor input);

    /// <summary>
    /// Computes the function and its derivative along a direction of the parameters (forward mode): d/de f(input + e inputTangent; w + e v) at e = 0.
    /// </summary>
    /// <param name="direction">A network of the same form that holds the direction v in place of parameters.</param>
    /// <param name="input">[rows, <see cref="InputWidth"/>], on a tape.</param>
    /// <param name="inputTangent">The direction of the input; null where it is fixed.</param>
    /// <param name="output">[rows, <see cref="OutputWidth"/>].</param>
    /// <returns>The derivative [rows, <see cref="OutputWidth"/>].</returns>
    /// <exception cref="ArgumentException">The direction is a network of another form.</exception>
    public abstract Tensor Tangent(Network direction, Tensor input, Tensor? inputTangent, out Tensor output);

    /// <summary>Takes over the values of another network with the same parameters.</summary>
    /// <exception cref="ArgumentException">The networks have different parameters.</exception>
    public void CopyFrom(Network other)
    {
        ArgumentNullException.ThrowIfNull(other);
        IReadOnlyList<Parameter> mine = Parameters, theirs = other.Parameters;
        CheckAlike(mine, theirs);
        for (int i = 0; i < mine.Count; i++)
        {
            theirs[i].Data.CopyTo(mine[i].Data);
            mine[i].MarkChanged();
        }
    }

    /// <summary>Moves the values towards those of another network: w = w + rate (other - w) (Polyak averaging).</summary>
    /// <param name="other">A network with the same parameters.</param>
    /// <param name="rate">In [0, 1].</param>
    /// <exception cref="ArgumentException">The networks have different parameters.</exception>
    public void MoveTowards(Network other, float rate)
    {
        ArgumentNullException.ThrowIfNull(other);
        IReadOnlyList<Parameter> mine = Parameters, theirs = other.Parameters;
        CheckAlike(mine, theirs);
        for (int i = 0; i < mine.Count; i++)
        {
            ParameterAverage.MoveTowards(mine[i].Data, theirs[i].Data, rate);
            mine[i].MarkChanged();
        }
    }

    /// <summary>Makes backward passes treat all parameters as constants, or no longer; see <see cref="Parameter.IsFrozen"/>.</summary>
    public void Freeze(bool frozen)
    {
        IReadOnlyList<Parameter> parameters = Parameters;
        for (int i = 0; i < parameters.Count; i++)
        {
            parameters[i].IsFrozen = frozen;
        }
    }

    /// <summary>Frees the parameters.</summary>
    public void Dispose()
    {
        foreach (Parameter parameter in Parameters)
        {
            parameter.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>The direction as a network of this kind.</summary>
    /// <exception cref="ArgumentException">It is of another kind.</exception>
    private protected static T Like<T>(Network direction)
        where T : Network => direction as T ?? throw new ArgumentException($"The direction is a network of another form, not {typeof(T).Name}.", nameof(direction));

    private static void CheckAlike(IReadOnlyList<Parameter> mine, IReadOnlyList<Parameter> theirs)
    {
        bool alike = mine.Count == theirs.Count;
        for (int i = 0; alike && i < mine.Count; i++)
        {
            alike = mine[i].Shape == theirs[i].Shape;
        }

        if (!alike)
        {
            throw new ArgumentException("The networks have different parameters.", nameof(theirs));
        }
    }
}
