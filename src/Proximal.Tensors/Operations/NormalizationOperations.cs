using Proximal.Tensors.Operations;

namespace Proximal.Tensors;

/// <summary>Normalization of rows.</summary>
public static unsafe class NormalizationOperations
{
    /// <summary>(x - mean) / sqrt(variance + epsilon) * weight + bias over the last axis (Ba et al. 2016).</summary>
    /// <param name="x">Rows [..., length].</param>
    /// <param name="weight">Factors [length], or null for 1.</param>
    /// <param name="bias">Terms [length], or null for 0.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <exception cref="ArgumentException">The weight or bias has another shape.</exception>
    public static Tensor LayerNorm(this Tensor x, Tensor? weight = null, Tensor? bias = null, float epsilon = 1e-5f)
    {
        ArgumentNullException.ThrowIfNull(x);
        int length = x.Shape[-1], rows = x.Shape.Product(0, x.Shape.Rank - 1);
        CheckRow(weight, length, nameof(weight));
        CheckRow(bias, length, nameof(bias));
        Tape tape = Tape.Of(x, weight, bias);
        Tensor output = tape.NewTensor(x.Shape, tape.Records(x, weight, bias));
        float* statistics = tape.RentFloats(2L * rows);
        tape.Backend.LayerNorm(
            x.Pointer, weight is null ? null : weight.Pointer, bias is null ? null : bias.Pointer, output.Pointer, statistics, rows, length, epsilon);
        if (output.RequiresGradient)
        {
            ref Node node = ref tape.Record(LayerNormOperation.Instance, output, x, weight, bias);
            node.Saved = statistics;
        }

        return output;
    }

    private static void CheckRow(Tensor? row, int length, string name)
    {
        if (row is not null && (row.Shape.Rank != 1 || row.Length != length))
        {
            throw new ArgumentException($"Rows of {length} take shape [{length}], not {row.Shape}.", name);
        }
    }
}
