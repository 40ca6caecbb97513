using Proximal.Tensors.Kernels;
using Proximal.Tensors.Operations;

namespace Proximal.Tensors;

/// <summary>Linear layers and matrix products of tensors.</summary>
public static unsafe class LinearOperations
{
    /// <summary>
    /// A linear layer, y = residual + bias + x·Wᵀ. An element of y is one chain of multiply-adds over the inputs in order, which starts from
    /// residual + bias (zero where neither is given), so a residual connection costs no pass of its own.
    /// </summary>
    /// <param name="x">Inputs [..., in].</param>
    /// <param name="weight">W [out, in], the layout of Hugging Face checkpoints; packed once per version.</param>
    /// <param name="bias">[out].</param>
    /// <param name="residual">[..., out].</param>
    /// <returns>[..., out].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit together.</exception>
    public static Tensor Linear(this Tensor x, Parameter weight, Parameter? bias = null, Tensor? residual = null)
    {
        if (weight.Shape.Rank != 2 || x.Shape.Rank == 0 || x.Shape[-1] != weight.Shape[1])
        {
            throw new ArgumentException($"Inputs {x.Shape} do not fit the weight {weight.Name} {weight.Shape}: [..., in] and [out, in].", nameof(x));
        }

        int inputs = weight.Shape[1], outputs = weight.Shape[0], rows = x.Shape.Product(0, x.Shape.Rank - 1);
        Shape shape = x.Shape.With(-1, outputs);
        if (bias is not null && bias.Length != outputs)
        {
            throw new ArgumentException($"The bias {bias.Name} {bias.Shape} of {outputs} outputs has {bias.Length} elements.", nameof(bias));
        }

        if (residual is not null && residual.Shape != shape)
        {
            throw new ArgumentException($"The residual {residual.Shape} has not the shape {shape} of the outputs.", nameof(residual));
        }

        Tape tape = Tape.Of(x, weight, bias, residual);
        bool records = tape.Records(x, weight, bias, residual);
        Tensor y = tape.NewTensor(shape, records);
        CpuBackend backend = tape.Backend;
        float* start = residual is null ? null : residual.Pointer;
        int startStride = outputs;
        if (bias is not null && residual is not null)
        {
            backend.AddRowwise(rows, outputs, bias.Pointer, 0, start, y.Pointer, accumulate: false);
            start = y.Pointer;
        }
        else if (bias is not null)
        {
            start = bias.Pointer;
            startStride = 0;
        }

        backend.MatMulPacked(rows, x.Pointer, inputs, backend.PackedFor(weight, transposed: true), start, startStride, y.Pointer, outputs);
        if (records)
        {
            tape.Record(LinearOperation.Instance, y, x, weight, bias, residual);
        }

        return y;
    }

    /// <summary>Two linear layers of the same inputs, y = bias + x·Wᵀ each, with the bits that each has by itself.</summary>
    /// <param name="x">Inputs [..., in].</param>
    /// <param name="group">Two layers.</param>
    /// <param name="first">[..., out] of the first layer.</param>
    /// <param name="second">[..., out] of the second layer.</param>
    /// <exception cref="ArgumentException">The inputs do not fit, or the group has another number of layers.</exception>
    public static void Linear(this Tensor x, LinearGroup group, out Tensor first, out Tensor second) => Linear(x, group, 2, out first, out second, out _);

    /// <summary>Three linear layers of the same inputs, y = bias + x·Wᵀ each, with the bits that each has by itself.</summary>
    /// <param name="x">Inputs [..., in].</param>
    /// <param name="group">Three layers.</param>
    /// <param name="first">[..., out] of the first layer.</param>
    /// <param name="second">[..., out] of the second layer.</param>
    /// <param name="third">[..., out] of the third layer.</param>
    /// <exception cref="ArgumentException">The inputs do not fit, or the group has another number of layers.</exception>
    public static void Linear(this Tensor x, LinearGroup group, out Tensor first, out Tensor second, out Tensor third)
    {
        Linear(x, group, 3, out first, out second, out Tensor? last);
        third = last!;
    }

    /// <summary>
    /// The matrix product op(a)·op(b) of the last two axes, for every matrix of the leading axes. One side may lack the leading axes (or have
    /// ones there): it is then shared by all matrices of the other.
    /// </summary>
    /// <param name="a">[..., m, k], or [..., k, m] if transposed.</param>
    /// <param name="b">[..., k, n], or [..., n, k] if transposed.</param>
    /// <param name="transposeA">Whether the last two axes of <paramref name="a"/> are exchanged.</param>
    /// <param name="transposeB">Whether the last two axes of <paramref name="b"/> are exchanged.</param>
    /// <returns>[..., m, n].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit together.</exception>
    public static Tensor MatMul(this Tensor a, Tensor b, bool transposeA = false, bool transposeB = false)
    {
        MatMulSizes sizes = new(a.Shape, b.Shape, transposeA, transposeB);
        Tape tape = Tape.Of(a, b);
        bool records = tape.Records(a, b);
        Tensor c = tape.NewTensor(sizes.Output, records);
        MatMulOperation.Forward(tape.Backend, in sizes, a.Pointer, b.Pointer, c.Pointer);
        if (records)
        {
            ref Node node = ref tape.Record(MatMulOperation.Instance, c, a, b);
            node.I0 = transposeA ? 1 : 0;
            node.I1 = transposeB ? 1 : 0;
        }

        return c;
    }

    private static void Linear(Tensor x, LinearGroup group, int count, out Tensor first, out Tensor second, out Tensor? third)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(group);
        if (group.Layers.Count != count)
        {
            throw new ArgumentException($"A group of {group.Layers.Count} layers has not {count} outputs.", nameof(group));
        }

        if (x.Shape.Rank == 0 || x.Shape[-1] != group.Inputs)
        {
            throw new ArgumentException($"Inputs {x.Shape} do not fit layers of {group.Inputs} inputs.", nameof(x));
        }

        Tape tape = Tape.Of(x);
        bool records = tape.Recording && (x.RequiresGradient || group.RequiresGradient);
        Span<PackedProduct> products = stackalloc PackedProduct[LinearGroup.Maximum];
        first = Output(0, products);
        second = Output(1, products);
        third = count > 2 ? Output(2, products) : null;
        int rows = x.Shape.Product(0, x.Shape.Rank - 1);
        tape.Backend.MatMulPackedMany(rows, x.Pointer, group.Inputs, products[..count]);
        if (records)
        {
            ref Node node = ref tape.Record(LinearGroupOperation.Instance, first, x);
            node.SecondOutput = second;
            node.ThirdOutput = third;
            node.State = group;
        }

        Tensor Output(int index, Span<PackedProduct> products)
        {
            (Parameter weight, Parameter? bias) = group.Layers[index];
            int outputs = weight.Shape[0];
            Tensor y = tape.NewTensor(x.Shape.With(-1, outputs), records);
            products[index] = new PackedProduct(
                tape.Backend.PackedFor(weight, transposed: true), y.Pointer, outputs, bias is null ? null : bias.Pointer, startStride: 0);
            return y;
        }
    }
}
