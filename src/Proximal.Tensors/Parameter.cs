using System.Runtime.InteropServices;
using Proximal.Tensors.Memory;

namespace Proximal.Tensors;

/// <summary>A tensor that owns its memory and its gradient, and that an optimizer changes.</summary>
public sealed unsafe class Parameter : Tensor, IDisposable
{
    private readonly NativeBuffer values;
    private readonly NativeBuffer gradients;
    private NativeBuffer? lookups;
    private bool hasLookups;

    /// <summary>Creates a parameter filled with zeros.</summary>
    /// <param name="name">Name in checkpoints, as <c>model.layers.0.mlp.up_proj.weight</c>.</param>
    /// <param name="shape">Sizes of the axes.</param>
    /// <param name="trainable">Whether gradients are computed; a frozen parameter keeps no gradient memory.</param>
    public Parameter(string name, Shape shape, bool trainable = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        values = new NativeBuffer((long)shape.Length * sizeof(float));
        gradients = new NativeBuffer(trainable ? (long)shape.Length * sizeof(float) : 0);
        Attach(null, shape, values.Floats, trainable ? gradients.Floats : null, trainable);
    }

    /// <summary>Name in checkpoints.</summary>
    public string Name { get; }

    /// <summary>Counts the changes of the values. Whoever writes <see cref="Tensor.Data"/> calls <see cref="MarkChanged"/>.</summary>
    public int Version { get; private set; }

    /// <summary>Copies that kernels keep of this matrix in their own layout, made anew when <see cref="Version"/> moves.</summary>
    internal object? Packed { get; set; }

    /// <summary>
    /// Sums the gradients of looked-up rows apart from those of matrix products, and adds the two when the gradient is read. A table that is
    /// also the head of a model then has the same bits however its batch is divided into backward passes.
    /// </summary>
    internal bool SeparatesLookups { get; init; }

    /// <summary>Says that the values were written, so that packed copies are made anew.</summary>
    public void MarkChanged() => Version++;

    /// <summary>Forgets the gradient: the next backward pass writes it instead of adding.</summary>
    public void ClearGradient()
    {
        HasGradient = false;
        hasLookups = false;
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        values.Dispose();
        gradients.Dispose();
        lookups?.Dispose();
        (Packed as IDisposable)?.Dispose();
    }

    internal override float* GradientForLookups()
    {
        float* whole = GradientForAdding();
        if (!SeparatesLookups)
        {
            return whole;
        }

        lookups ??= new NativeBuffer((long)Length * sizeof(float));
        if (!hasLookups)
        {
            NativeMemory.Clear(lookups.Floats, (nuint)Length * sizeof(float));
            hasLookups = true;
        }

        return lookups.Floats;
    }

    internal override void CompleteGradient()
    {
        if (hasLookups)
        {
            float* whole = GradientForAdding(), part = lookups!.Floats;
            for (int i = 0; i < Length; i++)
            {
                whole[i] += part[i];
            }

            hasLookups = false;
        }
    }
}
