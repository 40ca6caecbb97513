using System.Runtime.InteropServices;

namespace Proximal.Tensors.Safetensors;

/// <summary>A tensor to be written: name, type, shape and where its elements come from.</summary>
public sealed class SafetensorsContent
{
    private const int ChunkElements = 1 << 15;

    private readonly long[] shape;
    private readonly Tensor? tensor;
    private readonly ReadOnlyMemory<float> singles;
    private readonly ReadOnlyMemory<byte> bytes;

    private SafetensorsContent(string name, SafetensorsType type, ReadOnlySpan<long> shape, Tensor? tensor, ReadOnlyMemory<float> singles, ReadOnlyMemory<byte> bytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Type = type;
        this.shape = shape.ToArray();
        this.tensor = tensor;
        this.singles = singles;
        this.bytes = bytes;
        Int128 length = 1;
        foreach (long size in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(shape));
            length *= size;
        }

        ByteLength = tensor is not null ? (long)tensor.Length * type.ByteSize()
            : bytes.IsEmpty ? (long)singles.Length * type.ByteSize()
            : bytes.Length;
        if (length * type.ByteSize() != ByteLength)
        {
            throw new ArgumentException($"Tensor \"{name}\": {ByteLength} bytes, expected {length * type.ByteSize()} for {type.FormatName()} {ShapeText}.", nameof(shape));
        }
    }

    /// <summary>Name of the tensor.</summary>
    public string Name { get; }

    /// <summary>Type of the elements in the file.</summary>
    public SafetensorsType Type { get; }

    /// <summary>Sizes of the axes, outermost first.</summary>
    public ReadOnlySpan<long> Shape => shape;

    /// <summary>Bytes in the file.</summary>
    public long ByteLength { get; }

    private string ShapeText => "[" + string.Join(", ", shape) + "]";

    /// <summary>The values of a tensor, in one of the floating-point types, rounded to nearest with ties to even.</summary>
    /// <exception cref="ArgumentException">The type is not a floating-point type.</exception>
    public static SafetensorsContent FromTensor(string name, Tensor tensor, SafetensorsType type = SafetensorsType.Float32)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        CheckFloatingPoint(type);
        Span<int> sizes = stackalloc int[Tensors.Shape.MaximumRank];
        int rank = tensor.Shape.CopyTo(sizes);
        long[] shape = new long[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            shape[axis] = sizes[axis];
        }

        return new SafetensorsContent(name, type, shape, tensor, default, default);
    }

    /// <summary>Values in row-major order, in one of the floating-point types, rounded to nearest with ties to even.</summary>
    /// <exception cref="ArgumentException">The type is not a floating-point type, or the shape has another number of elements.</exception>
    public static SafetensorsContent FromSingles(string name, ReadOnlySpan<long> shape, ReadOnlyMemory<float> values, SafetensorsType type = SafetensorsType.Float32)
    {
        CheckFloatingPoint(type);
        return new SafetensorsContent(name, type, shape, null, values, default);
    }

    /// <summary>64-bit integers in row-major order.</summary>
    /// <exception cref="ArgumentException">The shape has another number of elements.</exception>
    public static SafetensorsContent FromIntegers(string name, ReadOnlySpan<long> shape, ReadOnlySpan<long> values) =>
        FromBytes(name, SafetensorsType.Int64, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Elements of any type as they stand in the file: little-endian, row-major.</summary>
    /// <exception cref="ArgumentException">The shape has another number of bytes.</exception>
    public static SafetensorsContent FromBytes(string name, SafetensorsType type, ReadOnlySpan<long> shape, ReadOnlyMemory<byte> bytes) =>
        new(name, type, shape, null, default, bytes);

    internal void WriteTo(Stream stream)
    {
        if (!bytes.IsEmpty)
        {
            stream.Write(bytes.Span);
            return;
        }

        ReadOnlySpan<float> values = tensor is null ? singles.Span : tensor.Data;
        if (Type == SafetensorsType.Float32)
        {
            // A span of bytes holds 2^31-1 of them, a tensor four times as much.
            for (; !values.IsEmpty; values = values[Math.Min(values.Length, ChunkElements)..])
            {
                stream.Write(MemoryMarshal.AsBytes(values[..Math.Min(values.Length, ChunkElements)]));
            }

            return;
        }

        byte[] chunk = new byte[Math.Min(values.Length, ChunkElements) * Type.ByteSize()];
        for (; !values.IsEmpty; values = values[Math.Min(values.Length, ChunkElements)..])
        {
            ReadOnlySpan<float> part = values[..Math.Min(values.Length, ChunkElements)];
            Convert(part, chunk);
            stream.Write(chunk, 0, part.Length * Type.ByteSize());
        }
    }

    private static void CheckFloatingPoint(SafetensorsType type)
    {
        if (!type.IsFloatingPoint())
        {
            throw new ArgumentException($"Floats are written as F16, BF16, F32 or F64, not {type.FormatName()}.", nameof(type));
        }
    }

    private void Convert(ReadOnlySpan<float> values, Span<byte> chunk)
    {
        switch (Type)
        {
            case SafetensorsType.BFloat16:
                FloatConversion.SingleToBFloat16(values, MemoryMarshal.Cast<byte, ushort>(chunk));
                break;
            case SafetensorsType.Float16:
                FloatConversion.SingleToHalf(values, MemoryMarshal.Cast<byte, ushort>(chunk));
                break;
            default:
                Span<double> doubles = MemoryMarshal.Cast<byte, double>(chunk);
                for (int i = 0; i < values.Length; i++)
                {
                    doubles[i] = values[i];
                }

                break;
        }
    }
}
