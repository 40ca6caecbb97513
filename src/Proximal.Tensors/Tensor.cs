using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Proximal.Tensors;

/// <summary>
/// A contiguous array of 32-bit floats with a shape, in row-major order. Tensors that operations produce live on a <see cref="Tensors.Tape"/>
/// and end with its <see cref="Tape.Reset"/>; a <see cref="Parameter"/> owns its memory.
/// </summary>
public unsafe partial class Tensor
{
    private float* data;
    private float* gradient;
    private int generation;

    internal Tensor()
    {
    }

    /// <summary>Sizes of the axes.</summary>
    public Shape Shape { get; private set; }

    /// <summary>Number of elements.</summary>
    public int Length => Shape.Length;

    /// <summary>The tape that holds this tensor; null for a parameter.</summary>
    public Tape? Tape { get; private set; }

    /// <summary>Whether <see cref="Tape.Backward(Tensor)"/> computes a gradient for this tensor.</summary>
    public bool RequiresGradient { get; internal set; }

    /// <summary>The elements in row-major order.</summary>
    /// <exception cref="ObjectDisposedException">The tape was reset since this tensor was made.</exception>
    public Span<float> Data => new(Pointer, Length);

    /// <summary>The gradient in row-major order; empty where none has been computed.</summary>
    /// <exception cref="ObjectDisposedException">The tape was reset since this tensor was made.</exception>
    public Span<float> Gradient
    {
        get
        {
            CheckAlive();
            CompleteGradient();
            return gradient == null || !HasGradient ? [] : new Span<float>(gradient, Length);
        }
    }

    /// <summary>The one element of a tensor of length 1.</summary>
    /// <exception cref="InvalidOperationException">The tensor has another length.</exception>
    public float Item => Length == 1 ? *Pointer : throw new InvalidOperationException($"A tensor of shape {Shape} is not a single number.");

    /// <summary>Whether a gradient has been written since the tensor was made (since the last zeroing, for a parameter).</summary>
    internal bool HasGradient { get; set; }

    internal float* Pointer
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            CheckAlive();
            return data;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"Tensor {Shape}";

    internal void Attach(Tape? tape, Shape shape, float* memory, float* gradientMemory, bool requiresGradient)
    {
        Tape = tape;
        Shape = shape;
        data = memory;
        gradient = gradientMemory;
        generation = tape?.Generation ?? 0;
        RequiresGradient = requiresGradient;
        HasGradient = false;
    }

    /// <summary>
    /// The memory of the gradient, for a kernel that writes it. <paramref name="accumulate"/> is false the first time: the kernel must then
    /// write every element instead of adding to what is there.
    /// </summary>
    internal float* GradientForWriting(out bool accumulate)
    {
        CheckAlive();
        if (gradient == null)
        {
            gradient = Tape!.RentFloats(Length);
        }

        accumulate = HasGradient;
        HasGradient = true;
        return gradient;
    }

    /// <summary>The memory of the gradient, zeroed the first time, for a kernel that only adds.</summary>
    internal float* GradientForAdding()
    {
        float* memory = GradientForWriting(out bool accumulate);
        if (!accumulate)
        {
            NativeMemory.Clear(memory, (nuint)Length * sizeof(float));
        }

        return memory;
    }

    /// <summary>The memory to which gradients of looked-up rows are added.</summary>
    internal virtual float* GradientForLookups() => GradientForAdding();

    /// <summary>Brings the gradient together where its parts are summed apart.</summary>
    internal virtual void CompleteGradient()
    {
    }

    /// <summary>The gradient that a later operation left; only valid where <see cref="HasGradient"/>.</summary>
    internal float* GradientPointer => gradient;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CheckAlive()
    {
        if (Tape is not null && Tape.Generation != generation)
        {
            throw new ObjectDisposedException(nameof(Tensor), "The tape of this tensor was reset; copy what you need before Tape.Reset().");
        }
    }
}
