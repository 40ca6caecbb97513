using System.Buffers.Binary;
using System.Text;

namespace Proximal.Runs.Tests.Runs;

/// <summary>Records are read back as TensorBoard reads them, with a checksum computed bit by bit.</summary>
public sealed class TensorBoardEventsTests
{
    [Fact]
    public void The_checksum_of_the_reader_is_the_published_one() => Assert.Equal(0xE3069283u, Checksum("123456789"u8));

    [Fact]
    public void A_file_begins_with_the_version()
    {
        Dictionary<int, object> header = Assert.Single(Read(new TensorBoardEvents().Header(12.5)));
        Assert.Equal(12.5, header[1]);
        Assert.Equal("brain.Event:2", Encoding.UTF8.GetString((byte[])header[3]));
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(127L)]
    [InlineData(128L)]
    [InlineData(5_000_000_000L)]
    public void Steps_tags_and_values_are_read_back(long step)
    {
        Metric[] metrics = [new("reward/mean", 0.25), new("policy/kl", -1e-7), new("groups/ü", double.NaN), new(new string('a', 300), 3)];
        TensorBoardEvents events = new();
        events.Header(1);
        byte[] file = [.. events.Scalars(2.5, step, metrics).Span, .. events.Scalars(3.5, step + 1, [metrics[0]]).Span];
        Dictionary<int, object>[] records = [.. Read(file)];

        Assert.Equal([2.5, 3.5], records.Select(record => (double)record[1]));
        Assert.Equal([(ulong)step, (ulong)step + 1], records.Select(record => (ulong)record[2]));
        Assert.Equal(metrics.Select(metric => (metric.Name, (float)metric.Value)), Scalars(records[0]));
        Assert.Equal([("reward/mean", 0.25f)], Scalars(records[1]));
    }

    private static IEnumerable<(string Tag, float Value)> Scalars(Dictionary<int, object> record) => Fields((byte[])record[5]).Select(field =>
    {
        Assert.Equal(1, field.Number);
        Dictionary<int, object> value = Fields((byte[])field.Value).ToDictionary(f => f.Number, f => f.Value);
        return (Encoding.UTF8.GetString((byte[])value[1]), (float)value[2]);
    });

    private static IEnumerable<Dictionary<int, object>> Read(ReadOnlyMemory<byte> file)
    {
        while (!file.IsEmpty)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.Span);
            Assert.Equal(Masked(file.Span[..8]), BinaryPrimitives.ReadUInt32LittleEndian(file.Span[8..]));
            ReadOnlyMemory<byte> payload = file.Slice(12, length);
            Assert.Equal(Masked(payload.Span), BinaryPrimitives.ReadUInt32LittleEndian(file.Span[(12 + length)..]));
            yield return Fields(payload.ToArray()).ToDictionary(field => field.Number, field => field.Value);
            file = file[(16 + length)..];
        }
    }

    private static List<(int Number, object Value)> Fields(byte[] message)
    {
        List<(int Number, object Value)> fields = [];
        int at = 0;
        while (at < message.Length)
        {
            ulong key = Varint(message, ref at);
            object value = (key & 7) switch
            {
                0 => Varint(message, ref at),
                1 => BinaryPrimitives.ReadDoubleLittleEndian(Take(message, ref at, 8)),
                2 => Take(message, ref at, (int)Varint(message, ref at)),
                5 => BinaryPrimitives.ReadSingleLittleEndian(Take(message, ref at, 4)),
                ulong wire => throw new InvalidDataException($"Wire type {wire}."),
            };
            fields.Add(((int)(key >> 3), value));
        }

        return fields;
    }

    private static byte[] Take(byte[] message, ref int at, int count)
    {
        at += count;
        return message[(at - count)..at];
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong number = 0;
        int shift = 0;
        do
        {
            number |= (message[at] & 0x7FUL) << shift;
            shift += 7;
        }
        while (message[at++] >= 0x80);
        return number;
    }

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint checksum = Checksum(bytes);
        return ((checksum >> 15) | (checksum << 17)) + 0xA282EAD8;
    }

    /// <summary>CRC-32C (Castagnoli), reflected.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint checksum = ~0u;
        foreach (byte b in bytes)
        {
            checksum ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                checksum = (checksum >> 1) ^ ((checksum & 1) * 0x82F63B78);
            }
        }

        return ~checksum;
    }
}
