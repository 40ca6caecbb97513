using Proximal.Tensors.Operations;

namespace Proximal.Tensors;

public static unsafe partial class FusedOperations
{
    /// <summary>The gated unit of Shazeer 2020: <c>silu(gate) · up</c>, elementwise, with silu(x) = x / (1 + e^-x).</summary>
    /// <param name="gate">Any shape.</param>
    /// <param name="up">The same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Tensor SwiGlu(this Tensor gate, Tensor up)
    {
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentNullException.ThrowIfNull(up);
        if (gate.Shape != up.Shape)
        {
            throw new ArgumentException($"The factors have the shapes {gate.Shape} and {up.Shape}.", nameof(up));
        }

        Tape tape = Tape.Of(gate, up);
        bool records = tape.Records(gate, up);
        Tensor y = tape.NewTensor(gate.Shape, records);
        tape.Backend.SwiGlu(gate.Length, gate.Pointer, up.Pointer, y.Pointer);
        if (records)
        {
            tape.Record(SwiGluOperation.Instance, y, gate, up);
        }

        return y;
    }
}
