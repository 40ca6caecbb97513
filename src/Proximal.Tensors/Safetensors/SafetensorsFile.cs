using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.IO.MemoryMappedFiles;

namespace Proximal.Tensors.Safetensors;

/// <summary>
/// A safetensors file, mapped into memory: opening reads and checks the header, and a tensor costs memory only when it is read. The file must not
/// be truncated while it is open. Safe for several threads.
/// </summary>
public sealed unsafe class SafetensorsFile : IDisposable
{
    private readonly MemoryMappedFile mapping;
    private readonly MemoryMappedViewAccessor view;
    private readonly byte* data;
    private readonly SafetensorsHeader header;
    private readonly Dictionary<string, SafetensorsTensor> byName;
    private bool disposed;

    private SafetensorsFile(string path)
    {
        FilePath = path;
        FileStream stream = OpenStream(path);
        long bytes = stream.Length;
        if (bytes < SafetensorsHeader.PrefixBytes)
        {
            stream.Dispose();
            throw new SafetensorsException(path, null, $"{bytes} bytes, expected at least {SafetensorsHeader.PrefixBytes} for the header length.");
        }

        mapping = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        view = mapping.CreateViewAccessor(0, bytes, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        start += view.PointerOffset;
        try
        {
            ulong claimed = BinaryPrimitives.ReadUInt64LittleEndian(new ReadOnlySpan<byte>(start, SafetensorsHeader.PrefixBytes));
            int length = SafetensorsHeader.CheckLength(path, claimed, bytes);
            ReadOnlySpan<byte> json = new(start + SafetensorsHeader.PrefixBytes, length);
            header = SafetensorsHeader.Parse(path, json, bytes - SafetensorsHeader.PrefixBytes - length);
            data = start + SafetensorsHeader.PrefixBytes + length;
        }
        catch
        {
            Dispose();
            throw;
        }

        byName = header.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    /// <summary>The path the file was opened with.</summary>
    public string FilePath { get; }

    /// <summary>The tensors in the order of their data.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors => header.Tensors;

    /// <summary>The strings of <c>__metadata__</c>, such as <c>format</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="SafetensorsException">The header breaks the format.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return BitConverter.IsLittleEndian
            ? new SafetensorsFile(path)
            : throw new PlatformNotSupportedException("safetensors files are read on little-endian processors only.");
    }

    /// <summary>Finds a tensor by name.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out SafetensorsTensor? tensor) => byName.TryGetValue(name, out tensor);

    /// <summary>Finds a tensor by name.</summary>
    /// <exception cref="SafetensorsException">There is none.</exception>
    public SafetensorsTensor Find(string name) => TryFind(name, out SafetensorsTensor? tensor)
        ? tensor
        : throw new SafetensorsException(FilePath, name, $"missing, expected among the {Tensors.Count} tensors of the file.");

    /// <summary>Reads a floating-point tensor of any precision as 32-bit floats, rounded to nearest where it is wider.</summary>
    /// <param name="name">Name of the tensor.</param>
    /// <param name="destination">Exactly as long as the tensor, in row-major order.</param>
    /// <exception cref="SafetensorsException">No such tensor, not floating-point, or of another length.</exception>
    public void ReadSingles(string name, Span<float> destination)
    {
        SafetensorsTensor tensor = Find(name);
        if (tensor.Length != destination.Length)
        {
            throw new SafetensorsException(FilePath, name, $"{tensor.Length} elements, expected {destination.Length}.");
        }

        byte* source = Start(tensor);
        int count = destination.Length;
        switch (tensor.Type)
        {
            case SafetensorsType.Float32:
                new ReadOnlySpan<float>(source, count).CopyTo(destination);
                break;
            case SafetensorsType.BFloat16:
                FloatConversion.BFloat16ToSingle(new ReadOnlySpan<ushort>(source, count), destination);
                break;
            case SafetensorsType.Float16:
                FloatConversion.HalfToSingle(new ReadOnlySpan<ushort>(source, count), destination);
                break;
            case SafetensorsType.Float64:
                ReadOnlySpan<double> doubles = new(source, count);
                for (int i = 0; i < count; i++)
                {
                    destination[i] = (float)doubles[i];
                }

                break;
            default:
                throw new SafetensorsException(FilePath, name, $"dtype {tensor.Type.FormatName()}, expected a floating-point type.");
        }
    }

    /// <summary>Reads a floating-point tensor of any precision as 32-bit floats.</summary>
    /// <exception cref="SafetensorsException">No such tensor, not floating-point, or too long for an array.</exception>
    public float[] ReadSingles(string name)
    {
        float[] values = new float[ArrayLength(Find(name))];
        ReadSingles(name, values);
        return values;
    }

    /// <summary>Reads an integer or boolean tensor of any width.</summary>
    /// <exception cref="SafetensorsException">No such tensor, floating-point, too long for an array, or an unsigned value beyond 2^63-1.</exception>
    public long[] ReadIntegers(string name)
    {
        SafetensorsTensor tensor = Find(name);
        if (tensor.Type.IsFloatingPoint())
        {
            throw new SafetensorsException(FilePath, name, $"dtype {tensor.Type.FormatName()}, expected an integer type.");
        }

        long[] values = new long[ArrayLength(tensor)];
        byte* source = Start(tensor);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = tensor.Type switch
            {
                SafetensorsType.Int8 => ((sbyte*)source)[i],
                SafetensorsType.Int16 => ((short*)source)[i],
                SafetensorsType.UInt16 => ((ushort*)source)[i],
                SafetensorsType.Int32 => ((int*)source)[i],
                SafetensorsType.UInt32 => ((uint*)source)[i],
                SafetensorsType.Int64 => ((long*)source)[i],
                SafetensorsType.UInt64 => Signed(((ulong*)source)[i], name),
                _ => source[i],
            };
        }

        return values;
    }

    /// <summary>Reads the bytes of a tensor as they stand in the file.</summary>
    /// <exception cref="SafetensorsException">No such tensor, or too long for an array.</exception>
    public byte[] ReadBytes(string name)
    {
        SafetensorsTensor tensor = Find(name);
        if (tensor.ByteLength > Array.MaxLength)
        {
            throw new SafetensorsException(FilePath, name, $"{tensor.ByteLength} bytes, expected at most {Array.MaxLength}.");
        }

        return new ReadOnlySpan<byte>(Start(tensor), (int)tensor.ByteLength).ToArray();
    }

    /// <summary>Unmaps the file.</summary>
    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            view.Dispose();
            mapping.Dispose();
        }
    }

    private static FileStream OpenStream(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
        }
        catch (UnauthorizedAccessException cause)
        {
            throw new IOException($"{path}: cannot read, it is a folder or access is denied.", cause);
        }
    }

    private byte* Start(SafetensorsTensor tensor)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return data + tensor.Offset;
    }

    private int ArrayLength(SafetensorsTensor tensor) => tensor.Length <= Array.MaxLength
        ? (int)tensor.Length
        : throw new SafetensorsException(FilePath, tensor.Name, $"{tensor.Length} elements, expected at most {Array.MaxLength}.");

    private long Signed(ulong value, string name) => value <= long.MaxValue
        ? (long)value
        : throw new SafetensorsException(FilePath, name, $"value {value}, expected at most {long.MaxValue}.");
}
