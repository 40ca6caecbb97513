using Proximal.Control.Rendering;

namespace Proximal.Control.Tests.Rendering;

/// <summary>Reads the frames of a GIF file by the letter of its specification, to check what was written.</summary>
internal static class GifReader
{
    public static List<Picture> Read(byte[] file)
    {
        Assert.Equal("GIF89a"u8, file.AsSpan(0, 6));
        int width = file[6] | (file[7] << 8), height = file[8] | (file[9] << 8), at = 13;
        int colors = 2 << (file[10] & 7);
        ReadOnlySpan<byte> palette = file.AsSpan(at, 3 * colors);
        at += 3 * colors;
        List<Picture> frames = [];
        Picture screen = new(width, height);
        int transparent = -1;
        while (file[at] != 0x3B)
        {
            if (file[at] == 0x21)
            {
                if (file[at + 1] == 0xF9)
                {
                    transparent = (file[at + 3] & 1) != 0 ? file[at + 6] : -1;
                }

                at += 2;
                Blocks(file, ref at);
                continue;
            }

            Assert.Equal(0x2C, file[at]);
            int left = Word(file, at + 1), top = Word(file, at + 3), columns = Word(file, at + 5), rows = Word(file, at + 7);
            at += 10;
            int bits = file[at++];
            byte[] indices = Decompress(Blocks(file, ref at), bits);
            Assert.Equal(columns * rows, indices.Length);
            for (int i = 0; i < indices.Length; i++)
            {
                if (indices[i] != transparent)
                {
                    int pixel = 3 * (((top + (i / columns)) * width) + left + (i % columns));
                    palette.Slice(3 * indices[i], 3).CopyTo(screen.Pixels[pixel..]);
                }
            }

            Picture frame = new(width, height);
            screen.Pixels.CopyTo(frame.Pixels);
            frames.Add(frame);
        }

        Assert.Equal(file.Length - 1, at);
        return frames;
    }

    public static byte[] Decompress(byte[] data, int bits)
    {
        int clear = 1 << bits, width = bits + 1, position = 0, last = -1;
        List<byte[]> table = [];
        List<byte> output = [];
        while (true)
        {
            int code = 0;
            for (int bit = 0; bit < width; bit++, position++)
            {
                code |= ((data[position / 8] >> (position % 8)) & 1) << bit;
            }

            if (code == clear)
            {
                table = [.. Enumerable.Range(0, clear).Select(value => new[] { (byte)value }), [], []];
                (width, last) = (bits + 1, -1);
                continue;
            }

            if (code == clear + 1)
            {
                return [.. output];
            }

            byte[] entry = code < table.Count ? table[code] : [.. table[last], table[last][0]];
            output.AddRange(entry);
            if (last >= 0 && table.Count < 4096)
            {
                table.Add([.. table[last], entry[0]]);
            }

            last = code;
            width = Math.Min(12, table.Count == 1 << width ? width + 1 : width);
        }
    }

    private static int Word(byte[] file, int at) => file[at] | (file[at + 1] << 8);

    private static byte[] Blocks(byte[] file, ref int at)
    {
        List<byte> content = [];
        while (file[at] != 0)
        {
            content.AddRange(file.AsSpan(at + 1, file[at]));
            at += 1 + file[at];
        }

        at++;
        return [.. content];
    }
}
