using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Proximal.Runs;

/// <summary>
/// Scalars in TensorBoard's event format: TFRecord frames (length, masked CRC-32C, payload, masked CRC-32C) of Event messages, written by hand
/// because the four fields in use need no protocol-buffer library.
/// </summary>
internal sealed class TensorBoardEvents
{
    private const int VarintTag = 0;
    private const int DoubleTag = 1;
    private const int BytesTag = 2;
    private const int FloatTag = 5;

    private readonly ArrayBufferWriter<byte> message = new();
    private readonly ArrayBufferWriter<byte> summary = new();
    private readonly ArrayBufferWriter<byte> value = new();

    /// <summary>The record with which every event file begins.</summary>
    public ReadOnlyMemory<byte> Header(double wallTime)
    {
        message.ResetWrittenCount();
        WriteDouble(message, 1, wallTime);
        WriteBytes(message, 3, Encoding.UTF8.GetBytes("brain.Event:2"));
        return Frame();
    }

    /// <summary>One record with the scalars of a step.</summary>
    public ReadOnlyMemory<byte> Scalars(double wallTime, long step, IReadOnlyList<Metric> metrics)
    {
        summary.ResetWrittenCount();
        foreach (Metric metric in metrics)
        {
            value.ResetWrittenCount();
            WriteBytes(value, 1, Encoding.UTF8.GetBytes(metric.Name));
            WriteKey(value, 2, FloatTag);
            BinaryPrimitives.WriteSingleLittleEndian(value.GetSpan(sizeof(float)), (float)metric.Value);
            value.Advance(sizeof(float));
            WriteBytes(summary, 1, value.WrittenSpan);
        }

        message.ResetWrittenCount();
        WriteDouble(message, 1, wallTime);
        WriteKey(message, 2, VarintTag);
        WriteVarint(message, (ulong)step);
        WriteBytes(message, 5, summary.WrittenSpan);
        return Frame();
    }

    private static uint MaskedChecksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~0u;
        foreach (byte b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        crc = ~crc;
        return unchecked(((crc >> 15) | (crc << 17)) + 0xA282EAD8u);
    }

    private static void WriteKey(ArrayBufferWriter<byte> output, int field, int wireType) => WriteVarint(output, (ulong)((field << 3) | wireType));

    private static void WriteVarint(ArrayBufferWriter<byte> output, ulong number)
    {
        while (number >= 0x80)
        {
            output.Write([(byte)(number | 0x80)]);
            number >>= 7;
        }

        output.Write([(byte)number]);
    }

    private static void WriteDouble(ArrayBufferWriter<byte> output, int field, double number)
    {
        WriteKey(output, field, DoubleTag);
        BinaryPrimitives.WriteDoubleLittleEndian(output.GetSpan(sizeof(double)), number);
        output.Advance(sizeof(double));
    }

    private static void WriteBytes(ArrayBufferWriter<byte> output, int field, ReadOnlySpan<byte> bytes)
    {
        WriteKey(output, field, BytesTag);
        WriteVarint(output, (ulong)bytes.Length);
        output.Write(bytes);
    }

    private byte[] Frame()
    {
        int length = message.WrittenCount;
        byte[] frame = new byte[12 + length + 4];
        BinaryPrimitives.WriteUInt64LittleEndian(frame, (ulong)length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(8), MaskedChecksum(frame.AsSpan(0, 8)));
        message.WrittenSpan.CopyTo(frame.AsSpan(12));
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(12 + length), MaskedChecksum(frame.AsSpan(12, length)));
        return frame;
    }
}
