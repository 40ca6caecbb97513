namespace Proximal.Runs;

/// <summary>Reads the lines of a file without ever holding more than one line of a bounded length.</summary>
internal static class BoundedLines
{
    private const int FirstBuffer = 1 << 16;

    /// <summary>The lines that are not blank, with their numbers from 1.</summary>
    /// <exception cref="InvalidDataException">A line is longer than allowed.</exception>
    public static IEnumerable<(int Number, ReadOnlyMemory<byte> Line)> Read(string path, int maximumBytes)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] buffer = new byte[Math.Min(FirstBuffer, maximumBytes) + 1];
        int filled = 0, number = 0;
        bool ended = false;
        while (!ended || filled > 0)
        {
            int read = ended ? 0 : stream.Read(buffer, filled, buffer.Length - filled);
            filled += read;
            ended |= read == 0;
            int start = 0;
            for (int length = LineLength(buffer, start, filled, ended); length >= 0; length = LineLength(buffer, start, filled, ended))
            {
                number++;
                if (!IsBlank(buffer.AsSpan(start, length)))
                {
                    yield return (number, buffer.AsMemory(start, length));
                }

                start = Math.Min(start + length + 1, filled);
            }

            if (start == 0 && filled == buffer.Length && filled <= maximumBytes)
            {
                Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, maximumBytes + 1L));
            }
            else if (start == 0 && filled == buffer.Length)
            {
                throw new InvalidDataException($"{path}:{number + 1}: the line is longer than {maximumBytes} bytes.");
            }

            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            filled -= start;
        }
    }

    /// <summary>Length of the line at a position, or -1 while its end has not been read.</summary>
    private static int LineLength(byte[] buffer, int start, int filled, bool ended)
    {
        int length = buffer.AsSpan(start, filled - start).IndexOf((byte)'\n');
        return length >= 0 ? length : ended && filled > start && filled < buffer.Length ? filled - start : -1;
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => !line.ContainsAnyExcept(" \t\r"u8);
}
