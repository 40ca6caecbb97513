namespace Proximal.Tensors.Safetensors;

/// <summary>What the header of a file says about one tensor.</summary>
public sealed class SafetensorsTensor
{
    private readonly long[] shape;

    internal SafetensorsTensor(string name, SafetensorsType type, long[] shape, long offset, long byteLength)
    {
        Name = name;
        Type = type;
        this.shape = shape;
        Offset = offset;
        ByteLength = byteLength;
    }

    /// <summary>Name, unique in the file.</summary>
    public string Name { get; }

    /// <summary>Type of the elements.</summary>
    public SafetensorsType Type { get; }

    /// <summary>Sizes of the axes, outermost first; none for a scalar.</summary>
    public ReadOnlySpan<long> Shape => shape;

    /// <summary>Number of elements.</summary>
    public long Length => ByteLength / Type.ByteSize();

    /// <summary>Number of bytes.</summary>
    public long ByteLength { get; }

    /// <summary>First byte, counted from the end of the header.</summary>
    internal long Offset { get; }

    /// <summary>Whether the axes have the sizes of a shape.</summary>
    public bool HasShape(Shape other)
    {
        if (other.Rank != shape.Length)
        {
            return false;
        }

        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] != other[axis])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The sizes in brackets, as <c>[16, 128]</c>.</summary>
    public string ShapeText() => "[" + string.Join(", ", shape) + "]";

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Type.FormatName()} {ShapeText()}";
}
