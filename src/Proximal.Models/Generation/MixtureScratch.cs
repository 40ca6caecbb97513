using Proximal.Models.Configuration;
using Proximal.Models.Llama;
using Proximal.Tensors;
using Proximal.Tensors.Kernels;
using Proximal.Tensors.Memory;

namespace Proximal.Models.Generation;

/// <summary>The second half of a sparse layer in generation: the kernels of <see cref="LlamaMixture"/> on memory that a decoder keeps.</summary>
internal sealed unsafe class MixtureScratch : IDisposable
{
    private readonly NativeBuffer buffer;
    private readonly int count;
    private readonly int slots;
    private readonly float* logits;
    private readonly float* named;
    private readonly float* weights;
    private readonly float* floats;
    private readonly int[] experts;
    private readonly int[] integers;

    /// <param name="configuration">A mixture of experts.</param>
    /// <param name="rows">The most rows of a pass.</param>
    public MixtureScratch(LlamaConfiguration configuration, int rows)
    {
        (count, slots) = (configuration.Experts, configuration.ExpertsPerToken);
        long uses = (long)rows * slots, routing = ((long)rows * count) + (2 * uses);
        buffer = new NativeBuffer((routing + (uses * 2 * configuration.HiddenSize) + (uses * 3 * configuration.IntermediateSize)) * sizeof(float));
        logits = buffer.Floats;
        named = logits + ((long)rows * count);
        weights = named + uses;
        floats = weights + uses;
        experts = new int[uses];
        integers = new int[(2 * uses) + count + 1];
    }

    /// <summary>Adds the mixture of normalized rows to the stream.</summary>
    /// <param name="backend">The kernels.</param>
    /// <param name="mixture">The layer.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="normed">[rows, width]</param>
    /// <param name="stream">[rows, width]; the result is added.</param>
    /// <param name="routes">Receives the experts of every row. [rows, route]</param>
    public void Forward(CpuBackend backend, LlamaMixture mixture, int rows, float* normed, float* stream, Span<short> routes)
    {
        int width = mixture.Experts.Width;
        backend.MatMulPacked(rows, normed, width, backend.PackedFor(mixture.Router, transposed: true), logits, count, accumulate: false);
        Span<int> used = experts.AsSpan(0, rows * slots);
        for (int row = 0; row < rows; row++)
        {
            Span<int> ofRow = used.Slice(row * slots, slots);
            mixture.Route(new ReadOnlySpan<float>(logits + ((long)row * count), count), row, ofRow, [], routes);
            for (int slot = 0; slot < slots; slot++)
            {
                named[(row * slots) + slot] = logits[((long)row * count) + ofRow[slot]];
            }
        }

        backend.Softmax(named, weights, rows, slots);
        fixed (int* memory = integers)
        {
            ExpertMemory uses = new(memory, floats, mixture.Experts, used.Length);
            uses.Order(used, slots, count);
            backend.MixExperts(mixture.Experts, in uses, rows, slots, normed, weights, stream, stream);
        }
    }

    public void Dispose() => buffer.Dispose();
}
