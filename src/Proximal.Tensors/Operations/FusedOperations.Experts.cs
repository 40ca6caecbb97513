using Proximal.Tensors.Kernels;
using Proximal.Tensors.Operations;

namespace Proximal.Tensors;

public static unsafe partial class FusedOperations
{
    /// <summary>
    /// A sparse mixture of experts (Shazeer et al. 2017): <c>y = residual + Σ_s w_s · E_{e(s)}(x)</c> over the slots s of a row, with the gated units
    /// <c>E(x) = (silu(x·gateᵀ) · x·upᵀ)·downᵀ</c>. Only the experts that a row names are computed for it, and the sum goes through its slots in order: a
    /// row's output has the same bits whatever rows stand beside it. An expert that no row names gets no gradient.
    /// </summary>
    /// <param name="x">[rows, width]</param>
    /// <param name="layer">The experts.</param>
    /// <param name="experts">The expert of every slot. [rows, slots]</param>
    /// <param name="weights">[rows, slots]</param>
    /// <param name="residual">[rows, width]</param>
    /// <returns>[rows, width]</returns>
    /// <exception cref="ArgumentException">Sizes do not fit together.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A slot names no expert.</exception>
    public static Tensor Experts(this Tensor x, ExpertLayer layer, ReadOnlySpan<int> experts, Tensor weights, Tensor? residual = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(weights);
        if (x.Shape.Rank != 2 || x.Shape[1] != layer.Width)
        {
            throw new ArgumentException($"Inputs of shape {x.Shape} are not [rows, {layer.Width}].", nameof(x));
        }

        if (weights.Shape.Rank != 2 || weights.Shape[0] != x.Shape[0] || weights.Shape.Length != experts.Length)
        {
            throw new ArgumentException($"Weights of shape {weights.Shape} and {experts.Length} slots do not fit {x.Shape[0]} rows.", nameof(weights));
        }

        if (residual is not null && residual.Shape != x.Shape)
        {
            throw new ArgumentException($"The residual {residual.Shape} has not the shape {x.Shape} of the outputs.", nameof(residual));
        }

        foreach (int expert in experts)
        {
            if ((uint)expert >= (uint)layer.Experts.Count)
            {
                throw new ArgumentOutOfRangeException(nameof(experts), expert, $"A slot is outside the experts 0..{layer.Experts.Count - 1}.");
            }
        }

        Tape tape = Tape.Of(x, weights, residual);
        bool records = tape.Records(x, weights, residual) || (tape.Recording && layer.RequiresGradient);
        int rows = x.Shape[0], slots = weights.Shape[1];
        int* integers = tape.RentIntegers(ExpertMemory.IntegerCount(layer, experts.Length));
        ExpertMemory memory = new(integers, tape.RentFloats(ExpertMemory.FloatCount(layer, experts.Length)), layer, experts.Length);
        memory.Order(experts, slots, layer.Experts.Count);
        Tensor y = tape.NewTensor(x.Shape, records);
        tape.Backend.MixExperts(layer, in memory, rows, slots, x.Pointer, weights.Pointer, residual is null ? null : residual.Pointer, y.Pointer);
        if (records)
        {
            ref Node node = ref tape.Record(ExpertsOperation.Instance, y, x, weights, residual);
            node.I0 = slots;
            node.Indices = integers;
            node.Saved = memory.Inputs;
            node.State = layer;
        }

        return y;
    }
}
