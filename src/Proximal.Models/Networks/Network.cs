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

    /// <summary>Frees the parameters.</summary>
    public void Dispose()
    {
        foreach (Parameter parameter in Parameters)
        {
            parameter.Dispose();
        }

        GC.SuppressFinalize(this);
    }

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
