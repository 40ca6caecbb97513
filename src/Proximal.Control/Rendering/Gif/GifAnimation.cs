using System.Buffers.Binary;

namespace Proximal.Control.Rendering.Gif;

/// <summary>
/// An animated picture in the Graphics Interchange Format (GIF89a) that repeats without end: one palette for all frames, and of every frame only the
/// rectangle that changed, in which pixels that stay as they were are left out.
/// </summary>
public sealed class GifAnimation
{
    private readonly List<ushort[]> frames = [];
    private readonly ColorCounts counts = new();
    private readonly int width;
    private readonly int height;

    /// <summary>Creates an animation without frames.</summary>
    /// <param name="width">Width in pixels, 1 to 4096.</param>
    /// <param name="height">Height in pixels, 1 to 4096.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is outside its range.</exception>
    public GifAnimation(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 4096);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, 4096);
        (this.width, this.height) = (width, height);
    }

    /// <summary>Number of frames.</summary>
    public int Count => frames.Count;

    /// <summary>Adds a frame.</summary>
    /// <exception cref="ArgumentException">The picture has another size.</exception>
    public void Add(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.Width != width || picture.Height != height)
        {
            throw new ArgumentException($"A frame of {picture.Width} x {picture.Height} pixels does not fit an animation of {width} x {height}.", nameof(picture));
        }

        ushort[] cells = new ushort[width * height];
        counts.Add(picture, cells);
        frames.Add(cells);
    }

    /// <summary>Keeps every second frame: the first, the third and so on, and the last.</summary>
    public void Thin()
    {
        int kept = 0;
        for (int i = 0; i < frames.Count; i++)
        {
            if (i % 2 == 0 || i == frames.Count - 1)
            {
                frames[kept++] = frames[i];
            }
        }

        frames.RemoveRange(kept, frames.Count - kept);
    }

    /// <summary>Writes the file.</summary>
    /// <param name="stream">Receives it.</param>
    /// <param name="delay">Time between frames; stored in hundredths of a second, at least two because viewers slow down shorter ones.</param>
    /// <param name="lastDelay">Time that the last frame stays.</param>
    /// <exception cref="InvalidOperationException">There is no frame.</exception>
    public void Write(Stream stream, TimeSpan delay, TimeSpan lastDelay)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (frames.Count == 0)
        {
            throw new InvalidOperationException("The animation has no frame.");
        }

        ColorPalette palette = ColorPalette.Create(counts);
        Span<byte> screen = stackalloc byte[13];
        "GIF89a"u8.CopyTo(screen);
        BinaryPrimitives.WriteUInt16LittleEndian(screen[6..], (ushort)width);
        BinaryPrimitives.WriteUInt16LittleEndian(screen[8..], (ushort)height);
        screen[10] = 0xF7;
        screen[11..].Clear();
        stream.Write(screen);
        stream.Write(palette.Colors);
        stream.Write([0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0]);

        LzwEncoder encoder = new();
        byte[] shown = [], next = new byte[width * height], part = new byte[width * height];
        for (int i = 0; i < frames.Count; i++)
        {
            for (int pixel = 0; pixel < next.Length; pixel++)
            {
                next[pixel] = palette[frames[i][pixel]];
            }

            WriteFrame(stream, encoder, shown, next, part, Hundredths(i == frames.Count - 1 ? lastDelay : delay));
            (shown, next) = (next, shown.Length == 0 ? new byte[width * height] : shown);
        }

        stream.WriteByte(0x3B);
    }

    private static ushort Hundredths(TimeSpan delay) => (ushort)Math.Clamp(Math.Round(delay.TotalSeconds * 100), 2, ushort.MaxValue);

    private void WriteFrame(Stream stream, LzwEncoder encoder, byte[] shown, byte[] next, byte[] part, ushort delay)
    {
        (int left, int top, int right, int bottom) = shown.Length == 0 ? (0, 0, width, height) : Changed(shown, next);
        int count = 0;
        for (int y = top; y < bottom; y++)
        {
            for (int at = (y * width) + left; at < (y * width) + right; at++)
            {
                part[count++] = shown.Length > 0 && shown[at] == next[at] ? ColorPalette.Unchanged : next[at];
            }
        }

        Span<byte> header = [0x21, 0xF9, 4, 0x05, 0, 0, ColorPalette.Unchanged, 0, 0x2C, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], delay);
        BinaryPrimitives.WriteUInt16LittleEndian(header[9..], (ushort)left);
        BinaryPrimitives.WriteUInt16LittleEndian(header[11..], (ushort)top);
        BinaryPrimitives.WriteUInt16LittleEndian(header[13..], (ushort)(right - left));
        BinaryPrimitives.WriteUInt16LittleEndian(header[15..], (ushort)(bottom - top));
        stream.Write(header);
        encoder.Write(part.AsSpan(0, count), stream);
    }

    /// <summary>The smallest rectangle with all changes; one pixel where nothing changed, because a frame cannot be empty.</summary>
    private (int Left, int Top, int Right, int Bottom) Changed(byte[] shown, byte[] next)
    {
        (int left, int top, int right, int bottom) = (width, height, 0, 0);
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> before = shown.AsSpan(y * width, width), after = next.AsSpan(y * width, width);
            int same = before.CommonPrefixLength(after);
            if (same == width)
            {
                continue;
            }

            int end = width;
            while (before[end - 1] == after[end - 1])
            {
                end--;
            }

            (left, right) = (Math.Min(left, same), Math.Max(right, end));
            (top, bottom) = (Math.Min(top, y), y + 1);
        }

        return bottom == 0 ? (0, 0, 1, 1) : (left, top, right, bottom);
    }
}
