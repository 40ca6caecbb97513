using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Proximal.Control.State;

/// <summary>
/// Carries a state out of an object or into it, value by value in one order: whoever has a state describes it once, in a method that passes
/// every field by reference, and that method saves, loads and copies. Numbers are stored in little-endian order. Arrays keep their length:
/// what is read must fit what is there, so nothing read from a file decides how much memory is taken.
/// </summary>
public sealed class StateTransfer
{
    private readonly Stream stream;
    private readonly string source;

    private StateTransfer(Stream stream, bool reading, string source)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("States are stored in little-endian order, which this processor does not use.");
        }

        this.stream = stream;
        this.source = source;
        Reading = reading;
    }

    /// <summary>Whether values go into the object; false when they go out of it.</summary>
    public bool Reading { get; }

    /// <summary>A transfer out of objects into a stream.</summary>
    public static StateTransfer Save(Stream stream) => new(stream, reading: false, "the state");

    /// <summary>A transfer out of a stream into objects.</summary>
    /// <param name="stream">What <see cref="Save"/> wrote.</param>
    /// <param name="source">What errors name: the file.</param>
    public static StateTransfer Load(Stream stream, string source) => new(stream, reading: true, source);

    /// <summary>Marks the beginning of a part, so that a state of another object is recognized before it does harm.</summary>
    /// <param name="name">Name of the part.</param>
    /// <exception cref="InvalidDataException">What is read has another part here.</exception>
    public void Section(string name)
    {
        byte[] expected = Encoding.UTF8.GetBytes(name);
        Span<byte> length = stackalloc byte[4];
        if (!Reading)
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, expected.Length);
            stream.Write(length);
            stream.Write(expected);
            return;
        }

        ReadExactly(length, name);
        int found = BinaryPrimitives.ReadInt32LittleEndian(length);
        byte[] actual = new byte[expected.Length];
        if (found == expected.Length)
        {
            ReadExactly(actual, name);
        }

        if (found != expected.Length || !actual.AsSpan().SequenceEqual(expected))
        {
            throw new InvalidDataException($"{source}: expected the part '{name}', found another one; the state belongs to other settings or another version.");
        }
    }

    /// <summary>Carries one number.</summary>
    /// <exception cref="InvalidDataException">What is read ends early.</exception>
    public void Value<T>(ref T value)
        where T : unmanaged => Bytes(MemoryMarshal.AsBytes(new Span<T>(ref value)));

    /// <summary>Carries the elements of an array whose length both sides know.</summary>
    /// <exception cref="InvalidDataException">What is read has another length or ends early.</exception>
    public void Values<T>(Span<T> values)
        where T : unmanaged
    {
        int length = values.Length;
        Value(ref length);
        if (length != values.Length)
        {
            throw new InvalidDataException($"{source}: an array of {length} values stands where {values.Length} were expected; the state belongs to other settings.");
        }

        Bytes(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Carries a list that changes its length.</summary>
    /// <param name="values">The list.</param>
    /// <param name="maximum">The most elements it can have.</param>
    /// <exception cref="InvalidDataException">What is read is longer than the maximum or ends early.</exception>
    public void List<T>(List<T> values, int maximum)
        where T : unmanaged
    {
        int length = values.Count;
        Value(ref length);
        if ((uint)length > (uint)maximum)
        {
            throw new InvalidDataException($"{source}: a list of {length} values stands where at most {maximum} were expected.");
        }

        if (Reading)
        {
            CollectionsMarshal.SetCount(values, length);
        }

        Bytes(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(values)));
    }

    private void Bytes(Span<byte> bytes)
    {
        if (Reading)
        {
            ReadExactly(bytes, "the state");
        }
        else
        {
            stream.Write(bytes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReadExactly(Span<byte> bytes, string what)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) != bytes.Length)
        {
            throw new InvalidDataException($"{source}: the file ends within {what}.");
        }
    }
}
