using System.Numerics;
using System.Runtime.InteropServices;
using Proximal.Tensors.Memory;

namespace Proximal.Tensors;

/// <summary>A tensor that owns its memory and its gradient, and that an optimizer changes.</summary>
public sealed unsafe class Parameter : Tensor, IDisposable
{
    private readonly NativeBuffer values;
    private readonly NativeBuffer gradients;
    private readonly Parameter? whole;
    private NativeBuffer? lookups;
    private bool hasLookups;
    private int version;
    private object? packed;

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

    private Parameter(Parameter whole)
    {
        this.whole = whole;
        Name = whole.Name;
        SeparatesLookups = whole.SeparatesLookups;
        values = whole.values;
        gradients = new NativeBuffer(whole.gradients.Bytes);
        Attach(null, whole.Shape, values.Floats, whole.RequiresGradient ? gradients.Floats : null, whole.RequiresGradient);
    }

    /// <summary>Name in checkpoints.</summary>
    public string Name { get; }

    /// <summary>
    /// Whether backward passes treat the parameter as a constant for now: a loss is then differentiated through it without the cost of its own
    /// gradient, as that of an actor through its critic. Set it before the forward pass and until the backward pass is done.
    /// </summary>
    public bool IsFrozen
    {
        get;
        set
        {
            field = value;
            RequiresGradient = !value && gradients.Bytes > 0;
        }
    }

    /// <summary>Counts the changes of the values. Whoever writes <see cref="Tensor.Data"/> calls <see cref="MarkChanged"/>.</summary>
    public int Version => whole?.Version ?? version;

    /// <summary>Copies that kernels keep of this matrix in their own layout, made anew when <see cref="Version"/> moves.</summary>
    internal object? Packed
    {
        get => whole is null ? packed : whole.Packed;
        set
        {
            if (whole is null)
            {
                packed = value;
            }
            else
            {
                whole.Packed = value;
            }
        }
    }

    /// <summary>
    /// Sums the gradients of looked-up rows apart from those of matrix products, and adds the two when the gradient is read. A table that is
    /// also the head of a model then has the same bits however its batch is divided into backward passes.
    /// </summary>
    internal bool SeparatesLookups { get; init; }

    /// <summary>
    /// The same values with a gradient of its own, for a pass over a part of a batch that runs beside others. It ends before this parameter does.
    /// </summary>
    public Parameter Lane() => new(this);

    /// <summary>Says that the values were written, so that packed copies are made anew.</summary>
    public void MarkChanged()
    {
        if (whole is null)
        {
            version++;
        }
        else
        {
            whole.MarkChanged();
        }
    }

    /// <summary>Forgets the gradient: the next backward pass writes it instead of adding.</summary>
    public void ClearGradient()
    {
        HasGradient = false;
        hasLookups = false;
    }

    /// <summary>Adds the gradient of a lane, which then has none.</summary>
    /// <param name="lane">A <see cref="Lane"/> of this parameter.</param>
    /// <exception cref="ArgumentException">The other parameter is no lane of this one.</exception>
    public void TakeGradient(Parameter lane)
    {
        ArgumentNullException.ThrowIfNull(lane);
        if (lane.whole != this)
        {
            throw new ArgumentException($"A parameter '{lane.Name}' is no lane of '{Name}'.", nameof(lane));
        }

        lane.CompleteGradient();
        CompleteGradient();
        if (lane.HasGradient)
        {
            Span<float> part = new(lane.GradientPointer, Length), sum = new(GradientForWriting(out bool accumulate), Length);
            if (accumulate)
            {
                Add(sum, part);
            }
            else
            {
                part.CopyTo(sum);
            }

            lane.ClearGradient();
        }
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        gradients.Dispose();
        lookups?.Dispose();
        if (whole is null)
        {
            values.Dispose();
            (packed as IDisposable)?.Dispose();
        }
    }

    internal override float* GradientForLookups()
    {
        float* sum = GradientForAdding();
        if (!SeparatesLookups)
        {
            return sum;
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
            Add(new Span<float>(GradientForAdding(), Length), new Span<float>(lookups!.Floats, Length));
            hasLookups = false;
        }
    }

    private static void Add(Span<float> sum, Span<float> part)
    {
        Span<Vector<float>> wideSum = MemoryMarshal.Cast<float, Vector<float>>(sum), widePart = MemoryMarshal.Cast<float, Vector<float>>(part);
        for (int i = 0; i < wideSum.Length; i++)
        {
            wideSum[i] += widePart[i];
        }

        for (int i = wideSum.Length * Vector<float>.Count; i < sum.Length; i++)
        {
            sum[i] += part[i];
        }
    }
}
