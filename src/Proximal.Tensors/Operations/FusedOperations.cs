using Proximal.Tensors.Operations;

namespace Proximal.Tensors;

/// <summary>The parts of a transformer as single operations: cheaper than the elementary operations they stand for, with the same gradients.</summary>
public static unsafe partial class FusedOperations
{
    /// <summary>Root-mean-square normalization of each row: <c>x / sqrt(mean(x²) + ε) · w</c> (Zhang and Sennrich 2019).</summary>
    /// <param name="x">Input, normalized along its last axis. [..., columns]</param>
    /// <param name="weight">w. [columns]</param>
    /// <param name="epsilon">ε.</param>
    /// <exception cref="ArgumentException">The weight has another length than the rows.</exception>
    public static Tensor RmsNorm(this Tensor x, Tensor weight, float epsilon = 1e-6f)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        if (x.Shape.Rank == 0 || weight.Length != x.Shape[-1])
        {
            throw new ArgumentException($"A weight of shape {weight.Shape} does not fit rows of shape {x.Shape}.", nameof(weight));
        }

        Tape tape = Tape.Of(x, weight);
        bool records = tape.Records(x, weight);
        int columns = x.Shape[-1], rows = x.Length / Math.Max(1, columns);
        Tensor y = tape.NewTensor(x.Shape, records);
        float* scales = records ? tape.RentFloats(rows) : null;
        tape.Backend.RmsNorm(rows, columns, x.Pointer, weight.Pointer, epsilon, y.Pointer, scales);
        if (records)
        {
            tape.Record(RmsNormOperation.Instance, y, x, weight).Saved = scales;
        }

        return y;
    }
}
