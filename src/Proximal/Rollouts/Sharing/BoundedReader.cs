using System.Buffers.Binary;
using System.Text;

namespace Proximal.Rollouts.Sharing;

/// <summary>Reads numbers, little endian, from bytes that nobody vouches for.</summary>
/// <param name="bytes">The bytes.</param>
internal ref struct BoundedReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private int at;

    /// <summary>The next bytes.</summary>
    /// <exception cref="InvalidDataException">There are not as many.</exception>
    public ReadOnlySpan<byte> Take(int count, string what)
    {
        if (count > bytes.Length - at)
        {
            throw new InvalidDataException(FormattableString.Invariant($"An exchanged group ends at byte {bytes.Length}, expected {what} at byte {at}."));
        }

        ReadOnlySpan<byte> taken = bytes.Slice(at, count);
        at += count;
        return taken;
    }

    public int Integer(string what, int least, int most)
    {
        int value = BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int), what));
        return value >= least && value <= most ? value : throw Outside(what, value, FormattableString.Invariant($"{least} to {most}"));
    }

    /// <summary>A number of elements that follow, of which each takes some bytes at least.</summary>
    public int Count(string what, long most, int bytesEach)
    {
        int value = Integer($"number of {what}", 0, (int)Math.Clamp(most, 0, int.MaxValue));
        return (long)value * bytesEach <= bytes.Length - at
            ? value
            : throw new InvalidDataException(FormattableString.Invariant($"An exchanged group names {value} {what} at byte {at}, expected no more than its {bytes.Length} bytes hold."));
    }

    public byte Byte(string what, byte most)
    {
        byte value = Take(1, what)[0];
        return value <= most ? value : throw Outside(what, value, FormattableString.Invariant($"0 to {most}"));
    }

    public float Single(string what, float least, float most)
    {
        float value = BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float), what));
        return value >= least && value <= most ? value : throw Outside(what, value, FormattableString.Invariant($"{least} to {most}"));
    }

    public double Double(string what)
    {
        double value = BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double), what));
        return double.IsFinite(value) ? value : throw Outside(what, value, "a finite number");
    }

    public string Text(string what, int longest) => Encoding.UTF8.GetString(Take(Count($"bytes of the {what}", longest, 1), what));

    /// <summary>Refuses bytes behind the end.</summary>
    public readonly void End()
    {
        if (at != bytes.Length)
        {
            throw new InvalidDataException(FormattableString.Invariant($"An exchanged group goes on behind its end at byte {at}, expected {at} bytes instead of {bytes.Length}."));
        }
    }

    private readonly InvalidDataException Outside(string what, double value, string expected) =>
        new(FormattableString.Invariant($"An exchanged group has {what} {value} before byte {at}, expected {expected}."));
}
