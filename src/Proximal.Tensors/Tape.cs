using Proximal.Tensors.Kernels;
using Proximal.Tensors.Memory;
using Proximal.Tensors.Operations;

namespace Proximal.Tensors;

/// <summary>
/// Records operations for reverse-mode differentiation and owns the memory of everything computed on it. One update rents from it and
/// gives all back with <see cref="Reset"/>; tensor objects, nodes and memory are used again, so that a warm update allocates nothing.
/// A tape belongs to one thread; its kernels spread over <see cref="Workers"/>.
/// </summary>
public sealed unsafe class Tape : IDisposable
{
    private readonly Arena arena = new();
    private readonly List<Tensor> tensors = [];
    private Node[] nodes = new Node[64];
    private int nodeCount;
    private int tensorCount;

    /// <summary>Creates a tape.</summary>
    /// <param name="workers">Threads for the kernels; <see cref="Workers.Shared"/> when null.</param>
    /// <param name="recording">Whether operations are recorded for <see cref="Backward(Tensor)"/>; false for inference.</param>
    public Tape(Workers? workers = null, bool recording = true)
    {
        Backend = new CpuBackend(workers ?? Workers.Shared);
        Recording = recording;
    }

    /// <summary>Whether operations are recorded. Turn off for inference: nothing then needs a gradient.</summary>
    public bool Recording { get; set; }

    /// <summary>Bytes rented since the last reset.</summary>
    public long BytesUsed => arena.Used;

    /// <summary>Bytes held from the operating system.</summary>
    public long BytesHeld => arena.Capacity;

    internal CpuBackend Backend { get; }

    internal int Generation { get; private set; } = 1;

    /// <summary>A tensor with uninitialized elements.</summary>
    /// <param name="shape">Sizes of the axes.</param>
    /// <param name="requiresGradient">Whether <see cref="Backward(Tensor)"/> leaves the gradient in <see cref="Tensor.Gradient"/>.</param>
    public Tensor Empty(Shape shape, bool requiresGradient = false) => NewTensor(shape, requiresGradient && Recording);

    /// <summary>A tensor with a copy of the values.</summary>
    /// <param name="shape">Sizes of the axes.</param>
    /// <param name="values">Elements in row-major order.</param>
    /// <param name="requiresGradient">Whether <see cref="Backward(Tensor)"/> leaves the gradient in <see cref="Tensor.Gradient"/>.</param>
    /// <exception cref="ArgumentException">The number of values is not the shape's.</exception>
    public Tensor Input(Shape shape, ReadOnlySpan<float> values, bool requiresGradient = false)
    {
        if (values.Length != shape.Length)
        {
            throw new ArgumentException($"Shape {shape} takes {shape.Length} values, not {values.Length}.", nameof(values));
        }

        Tensor tensor = NewTensor(shape, requiresGradient && Recording);
        values.CopyTo(tensor.Data);
        return tensor;
    }

    /// <summary>A tensor filled with one value.</summary>
    public Tensor Filled(Shape shape, float value)
    {
        Tensor tensor = NewTensor(shape, requiresGradient: false);
        tensor.Data.Fill(value);
        return tensor;
    }

    /// <summary>Computes the gradients of everything that <paramref name="loss"/> depends on. Parameters add to the gradients they hold.</summary>
    /// <param name="loss">A tensor of length 1.</param>
    /// <exception cref="ArgumentException">The tensor is not a single number, or does not depend on anything that requires a gradient.</exception>
    public void Backward(Tensor loss)
    {
        if (loss.Length != 1)
        {
            throw new ArgumentException($"Backward starts from a single number, not from shape {loss.Shape}; seed other shapes with Seed.", nameof(loss));
        }

        Seed(loss, [1f]);
        Backward();
    }

    /// <summary>Sets the gradient of an output from which the next <see cref="Backward()"/> starts; several outputs may be seeded.</summary>
    /// <param name="output">A tensor on this tape.</param>
    /// <param name="gradient">The derivative of the loss with respect to each element.</param>
    /// <exception cref="ArgumentException">Other length, other tape, or the tensor depends on nothing that requires a gradient.</exception>
    public void Seed(Tensor output, ReadOnlySpan<float> gradient)
    {
        if (output.Tape != this || !output.RequiresGradient)
        {
            throw new ArgumentException("The tensor is not on this tape or depends on nothing that requires a gradient.", nameof(output));
        }

        if (gradient.Length != output.Length)
        {
            throw new ArgumentException($"Shape {output.Shape} takes {output.Length} gradients, not {gradient.Length}.", nameof(gradient));
        }

        float* target = output.GradientForAdding();
        for (int i = 0; i < gradient.Length; i++)
        {
            target[i] += gradient[i];
        }
    }

    /// <summary>Runs the recorded operations backwards from the seeded outputs.</summary>
    public void Backward()
    {
        for (int i = nodeCount - 1; i >= 0; i--)
        {
            ref Node node = ref nodes[i];
            if (node.Output.HasGradient || node.SecondOutput is { HasGradient: true } || node.ThirdOutput is { HasGradient: true })
            {
                node.Operation.Backward(this, in node);
            }
        }
    }

    /// <summary>Takes all memory back. Tensors of this tape end here; parameters and their gradients stay.</summary>
    public void Reset()
    {
        nodes.AsSpan(0, nodeCount).Clear();
        nodeCount = 0;
        tensorCount = 0;
        Generation++;
        arena.Reset();
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose() => arena.Dispose();

    /// <summary>A tensor for the output of an operation, uninitialized.</summary>
    internal Tensor NewTensor(Shape shape, bool requiresGradient)
    {
        if (tensorCount == tensors.Count)
        {
            tensors.Add(new Tensor());
        }

        Tensor tensor = tensors[tensorCount++];
        tensor.Attach(this, shape, arena.RentFloats(shape.Length), null, requiresGradient);
        return tensor;
    }

    /// <summary>A tensor over memory of this tape that another tensor already holds (a reshape); gradients are separate.</summary>
    internal Tensor NewView(Shape shape, float* memory, bool requiresGradient)
    {
        if (tensorCount == tensors.Count)
        {
            tensors.Add(new Tensor());
        }

        Tensor tensor = tensors[tensorCount++];
        tensor.Attach(this, shape, memory, null, requiresGradient);
        return tensor;
    }

    /// <summary>Whether an operation on these inputs must be recorded.</summary>
    internal bool Records(Tensor a, Tensor? b = null, Tensor? c = null, Tensor? d = null) =>
        Recording && (a.RequiresGradient || b is { RequiresGradient: true } || c is { RequiresGradient: true } || d is { RequiresGradient: true });

    /// <summary>Records one use of an operation; the caller fills in the returned node.</summary>
    internal ref Node Record(Operation operation, Tensor output, Tensor a, Tensor? b = null, Tensor? c = null, Tensor? d = null)
    {
        if (nodeCount == nodes.Length)
        {
            Array.Resize(ref nodes, nodes.Length * 2);
        }

        ref Node node = ref nodes[nodeCount++];
        node = new Node { Operation = operation, Output = output, A = a, B = b, C = c, D = d };
        return ref node;
    }

    internal float* RentFloats(long count) => arena.RentFloats(count);

    internal int* RentIntegers(long count) => arena.RentIntegers(count);

    /// <summary>Copies indices into the arena, checking each against a bound.</summary>
    internal int* CopyIndices(ReadOnlySpan<int> indices, int bound, string name)
    {
        int* copy = arena.RentIntegers(indices.Length);
        for (int i = 0; i < indices.Length; i++)
        {
            if ((uint)indices[i] >= (uint)bound)
            {
                throw new ArgumentOutOfRangeException(name, indices[i], $"Index {i} is outside 0..{bound - 1}.");
            }

            copy[i] = indices[i];
        }

        return copy;
    }

    /// <summary>The tape of an operation's inputs.</summary>
    /// <exception cref="InvalidOperationException">No input is on a tape, or two are on different ones.</exception>
    internal static Tape Of(Tensor a, Tensor? b = null, Tensor? c = null, Tensor? d = null)
    {
        Tape? tape = a.Tape ?? b?.Tape ?? c?.Tape ?? d?.Tape;
        if (tape is null)
        {
            throw new InvalidOperationException("An operation needs at least one input on a tape.");
        }

        if ((a.Tape ?? tape) != tape || (b?.Tape ?? tape) != tape || (c?.Tape ?? tape) != tape || (d?.Tape ?? tape) != tape)
        {
            throw new InvalidOperationException("The inputs of an operation are on different tapes.");
        }

        return tape;
    }
}
