using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Proximal.Tensors.Files;

namespace Proximal.Control.Data.Numpy;

/// <summary>
/// Archives of arrays as <c>numpy.savez</c> and <c>numpy.savez_compressed</c> write them. What is read is untrusted: an array is only made once its
/// header, the size that the archive claims and the bytes that could produce it agree.
/// </summary>
internal static class NumpyArchive
{
    /// <summary>No stream of deflate yields more bytes for one of its own.</summary>
    private const long LargestExpansion = 1032;

    private const int MostEntries = 256;
    private const long LargestArray = 1L << 30;

    /// <summary>Reads the arrays of the given names, those that are there.</summary>
    /// <exception cref="InvalidDataException">The archive or an array in it is not what it should be.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Dictionary<string, NumpyArray> Read(string path, IReadOnlySet<string> names)
    {
        using FileStream file = File.OpenRead(path);
        try
        {
            using ZipArchive archive = new(file, ZipArchiveMode.Read);
            if (archive.Entries.Count > MostEntries)
            {
                throw new InvalidDataException($"{path}: {archive.Entries.Count} arrays, expected at most {MostEntries}.");
            }

            Dictionary<string, NumpyArray> arrays = new(StringComparer.Ordinal);
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                string name = entry.FullName.EndsWith(".npy", StringComparison.Ordinal) ? entry.FullName[..^4] : entry.FullName;
                if (names.Contains(name))
                {
                    arrays[name] = Read(entry, $"{path}: {name}", file.Length);
                }
            }

            return arrays;
        }
        catch (InvalidDataException exception) when (!exception.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Writes arrays of floats or flags; the file is replaced as a whole.</summary>
    public static void Write(string path, IEnumerable<(string Name, int[] Shape, Array Values)> arrays) => AtomicFile.Write(path, stream =>
    {
        using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach ((string name, int[] shape, Array values) in arrays)
        {
            ZipArchiveEntry entry = archive.CreateEntry(name + ".npy", CompressionLevel.Fastest);
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using Stream content = entry.Open();
            if (values is bool[] flags)
            {
                WriteHeader(content, "|b1", shape);
                content.Write(MemoryMarshal.AsBytes(flags.AsSpan()));
            }
            else
            {
                WriteHeader(content, "<f4", shape);
                content.Write(MemoryMarshal.AsBytes(((float[])values).AsSpan()));
            }
        }
    });

    private static NumpyArray Read(ZipArchiveEntry entry, string name, long fileLength)
    {
        if (entry.CompressedLength > fileLength || entry.Length > entry.CompressedLength * LargestExpansion)
        {
            throw new InvalidDataException($"{name}: {entry.CompressedLength} bytes cannot become {entry.Length}.");
        }

        using Stream stream = entry.Open();
        NumpyHeader header = NumpyHeader.Read(stream, name, LargestArray);
        long bytes = header.Length * header.ElementBytes;
        if (bytes > entry.Length)
        {
            throw new InvalidDataException($"{name}: shape [{string.Join(", ", header.Shape)}] of {header.Type} needs {bytes} bytes, the array has {entry.Length}.");
        }

        float[] values = new float[header.Length];
        byte[] chunk = new byte[1 << 16];
        int perChunk = chunk.Length / header.ElementBytes;
        for (int start = 0; start < values.Length; start += perChunk)
        {
            int count = Math.Min(perChunk, values.Length - start);
            Span<byte> part = chunk.AsSpan(0, count * header.ElementBytes);
            if (stream.ReadAtLeast(part, part.Length, throwOnEndOfStream: false) != part.Length)
            {
                throw new InvalidDataException($"{name}: the array ends before its {values.Length} elements.");
            }

            Convert(header.Type, part, values.AsSpan(start, count), name);
        }

        return new NumpyArray(header.Shape, values);
    }

    private static void Convert(string type, ReadOnlySpan<byte> bytes, Span<float> values, string name)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = type switch
            {
                "<f4" => BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]),
                "<f8" => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]),
                "<i4" => Exact(BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * i)..]), name),
                "<i8" => Exact(BinaryPrimitives.ReadInt64LittleEndian(bytes[(8 * i)..]), name),
                "|i1" => (sbyte)bytes[i],
                _ => bytes[i],
            };
        }
    }

    private static float Exact(long value, string name) => value is >= -(1 << 24) and <= 1 << 24
        ? value
        : throw new InvalidDataException($"{name}: the whole number {value} is not exact as a float, expected at most {1 << 24} in size.");

    private static void WriteHeader(Stream stream, string type, int[] shape)
    {
        string sizes = shape.Length == 1 ? $"{shape[0]}," : string.Join(", ", shape);
        string text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({sizes}), }}";
        int padding = 64 - ((10 + text.Length + 1) % 64);
        text += new string(' ', padding % 64) + "\n";
        stream.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, (byte)(text.Length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(text));
    }
}
