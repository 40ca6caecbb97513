using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Proximal.Control.Data.Numpy;

/// <summary>The header of an array in the NPY format (NEP 1), read strictly: the dictionary has exactly its three keys.</summary>
internal sealed partial record NumpyHeader(string Type, int[] Shape)
{
    private const int LargestHeader = 1 << 16;
    private const int MaximumRank = 8;

    /// <summary>Bytes per element of the types that are read.</summary>
    public int ElementBytes => Type switch { "<f8" or "<i8" => 8, "<f4" or "<i4" => 4, _ => 1 };

    /// <summary>Number of elements.</summary>
    public long Length => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>Reads a header.</summary>
    /// <param name="stream">At the beginning of the array; at its data afterwards.</param>
    /// <param name="name">What errors name: file and array.</param>
    /// <param name="largest">The most elements.</param>
    public static NumpyHeader Read(Stream stream, string name, long largest)
    {
        byte[] prefix = ReadBytes(stream, 8, name);
        if (!prefix.AsSpan(0, 6).SequenceEqual(Magic))
        {
            throw new InvalidDataException($"{name}: no NumPy array.");
        }

        if (prefix[6] is not (1 or 2 or 3))
        {
            throw new InvalidDataException($"{name}: version {prefix[6]} of the NPY format, expected 1, 2 or 3.");
        }

        int length = prefix[6] == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(ReadBytes(stream, 2, name))
            : BinaryPrimitives.ReadInt32LittleEndian(ReadBytes(stream, 4, name));
        if (length is < 0 or > LargestHeader)
        {
            throw new InvalidDataException($"{name}: a header of {length} bytes, expected at most {LargestHeader}.");
        }

        return Parse(Encoding.UTF8.GetString(ReadBytes(stream, length, name)), name, largest);
    }

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    private static NumpyHeader Parse(string text, string name, long largest)
    {
        Match match = Dictionary().Match(text);
        if (!match.Success)
        {
            throw new InvalidDataException($"{name}: the header is not that of a plain array.");
        }

        string type = match.Groups["type"].Value;
        if (type is not ("<f4" or "<f8" or "<i4" or "<i8" or "|b1" or "|u1" or "|i1"))
        {
            throw new InvalidDataException($"{name}: type '{type}', expected <f4, <f8, <i4, <i8, |b1, |u1 or |i1.");
        }

        string[] sizes = match.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (sizes.Length > MaximumRank)
        {
            throw new InvalidDataException($"{name}: {sizes.Length} axes, expected at most {MaximumRank}.");
        }

        int[] shape = new int[sizes.Length];
        long length = 1;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (!int.TryParse(sizes[axis], NumberStyles.None, CultureInfo.InvariantCulture, out shape[axis]) || (length *= shape[axis]) > largest)
            {
                throw new InvalidDataException($"{name}: shape ({match.Groups["shape"].Value}), expected at most {largest} elements.");
            }
        }

        if (match.Groups["fortran"].Value == "True" && shape.Count(size => size > 1) > 1)
        {
            throw new InvalidDataException($"{name}: stored column by column (fortran_order), expected row by row; save numpy.ascontiguousarray(array).");
        }

        return new NumpyHeader(type, shape);
    }

    private static byte[] ReadBytes(Stream stream, int count, string name)
    {
        byte[] bytes = new byte[count];
        return stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count ? bytes : throw new InvalidDataException($"{name}: the array ends within its header.");
    }

    [GeneratedRegex(@"^\{'descr': '(?<type>[^']{1,8})', 'fortran_order': (?<fortran>True|False), 'shape': \((?<shape>[0-9, ]{0,100})\),? ?\} *\n?$", RegexOptions.CultureInvariant)]
    private static partial Regex Dictionary();
}
