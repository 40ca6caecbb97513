using Proximal.Tensors;

namespace Proximal.Models.Networks;

/// <summary>
/// A memory over steps. What it makes of the inputs alone is computed for all steps at once (<see cref="Project"/>); then step follows step.
/// </summary>
public abstract class RecurrentCell : IDisposable
{
    private Tensor[] outputs = [];

    /// <summary>All parameters, in one order, with names that differ.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Numbers per input row.</summary>
    public abstract int InputWidth { get; }

    /// <summary>Numbers per output row.</summary>
    public abstract int OutputWidth { get; }

    /// <summary>Numbers of state per row; zeros at the beginning of an episode.</summary>
    public abstract int StateWidth { get; }

    /// <summary>The share of the inputs in the gates.</summary>
    /// <param name="inputs">[rows, <see cref="InputWidth"/>].</param>
    public abstract Tensor Project(Tensor inputs);

    /// <summary>Takes a step.</summary>
    /// <param name="projected">Rows that <see cref="Project"/> made.</param>
    /// <param name="state">[rows, <see cref="StateWidth"/>]; becomes the state after the step.</param>
    /// <returns>[rows, <see cref="OutputWidth"/>].</returns>
    public abstract Tensor Step(Tensor projected, ref Tensor state);

    /// <summary>Runs over sequences.</summary>
    /// <param name="inputs">[steps * sequences, <see cref="InputWidth"/>], all sequences of the first step first.</param>
    /// <param name="sequences">Number of sequences.</param>
    /// <param name="state">States before the first step [sequences, <see cref="StateWidth"/>]; becomes those after the last one.</param>
    /// <param name="keep">[steps * sequences, 1]: 0 where a step begins an episode and the state before it is forgotten, else 1; null keeps all.</param>
    /// <returns>[steps * sequences, <see cref="OutputWidth"/>].</returns>
    public Tensor Run(Tensor inputs, int sequences, ref Tensor state, Tensor? keep)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(sequences, 1);
        Tensor projected = Project(inputs);
        int steps = inputs.Shape[0] / sequences;
        if (outputs.Length < steps)
        {
            outputs = new Tensor[steps];
        }

        for (int step = 0; step < steps; step++)
        {
            if (keep is not null)
            {
                state *= keep.Slice(0, step * sequences, sequences);
            }

            outputs[step] = Step(steps == 1 ? projected : projected.Slice(0, step * sequences, sequences), ref state);
        }

        return steps == 1 ? outputs[0] : ShapeOperations.Concatenate(0, outputs.AsSpan(0, steps));
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
}
