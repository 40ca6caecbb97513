using Proximal.Control.Environments;
using Proximal.Control.Rendering;
using Proximal.Control.Rendering.Gif;

namespace Proximal.Control.Tests.Rendering;

public sealed class GifAnimationTests
{
    [Fact]
    public void Frames_are_read_back_as_they_were_drawn()
    {
        GifAnimation animation = new(60, 40);
        List<Picture> drawn = [];
        for (int i = 0; i < 5; i++)
        {
            RasterCanvas canvas = new(60, 40);
            canvas.Circle(new Point(10 + (9 * i), 20), 8.5, Color.Indigo);
            canvas.Text(new Point(30, 34), 7, $"frame {i}", Color.Ink);
            animation.Add(canvas.Picture);
            drawn.Add(canvas.Picture);
        }

        AssertClose(drawn, Read(animation), 8);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(700)]
    [InlineData(40000)]
    public void Noise_of_many_colors_survives_full_code_tables_and_the_palette(int seed)
    {
        EpisodeRandom random = new((ulong)seed);
        Picture noise = new(173, 61);
        for (int i = 0; i < noise.Pixels.Length; i++)
        {
            noise.Pixels[i] = (byte)random.Integer(256);
        }

        GifAnimation animation = new(173, 61);
        animation.Add(noise);
        animation.Add(noise);
        AssertClose([noise, noise], Read(animation), 64);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(254)]
    [InlineData(255)]
    [InlineData(510)]
    [InlineData(4000)]
    [InlineData(100_000)]
    public void Compression_of_every_length_ends_where_it_should(int length)
    {
        EpisodeRandom random = new(3);
        byte[] indices = new byte[length];
        for (int i = 0; i < length; i++)
        {
            indices[i] = (byte)random.Integer(1 + (i % 7 * 40));
        }

        for (int cut = Math.Max(1, length - 20); cut <= length; cut++)
        {
            using MemoryStream memory = new();
            new LzwEncoder().Write(indices.AsSpan(0, cut), memory);
            byte[] blocks = memory.ToArray();
            List<byte> data = [];
            int at = 1;
            for (; blocks[at] != 0; at += 1 + blocks[at])
            {
                data.AddRange(blocks.AsSpan(at + 1, blocks[at]));
            }

            Assert.Equal(blocks.Length - 1, at);
            Assert.Equal(indices[..cut], GifReader.Decompress([.. data], 8));
        }
    }

    [Fact]
    public void Thinning_keeps_the_first_and_the_last_frame()
    {
        GifAnimation animation = new(8, 8);
        for (int i = 0; i < 6; i++)
        {
            Picture picture = new(8, 8);
            picture.Pixels.Fill((byte)(i * 40));
            animation.Add(picture);
        }

        animation.Thin();
        Assert.Equal(new[] { 0, 80, 160, 200 }, Read(animation).Select(frame => (int)frame[3, 3].Red));
    }

    [Fact]
    public void Pictures_of_another_size_and_empty_animations_are_refused()
    {
        GifAnimation animation = new(8, 8);
        Assert.Throws<InvalidOperationException>(() => animation.Write(Stream.Null, TimeSpan.Zero, TimeSpan.Zero));
        Assert.Throws<ArgumentException>(() => animation.Add(new Picture(8, 9)));
    }

    private static List<Picture> Read(GifAnimation animation)
    {
        using MemoryStream memory = new();
        animation.Write(memory, TimeSpan.FromSeconds(0.04), TimeSpan.FromSeconds(1));
        return GifReader.Read(memory.ToArray());
    }

    private static void AssertClose(List<Picture> expected, List<Picture> actual, int tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int frame = 0; frame < expected.Count; frame++)
        {
            for (int i = 0; i < expected[frame].Pixels.Length; i++)
            {
                Assert.InRange(actual[frame].Pixels[i], expected[frame].Pixels[i] - tolerance, expected[frame].Pixels[i] + tolerance);
            }
        }
    }
}
