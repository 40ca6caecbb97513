using Proximal.Control.Rendering;
using Proximal.Worlds.TowerDefence;

namespace Proximal.Control.Environments.TowerDefence;

/// <summary>Still pictures of a game.</summary>
public static class TowerImage
{
    private const int Size = 480;

    /// <summary>What agents see that see pixels, enlarged, as a PNG file.</summary>
    /// <param name="world">The game.</param>
    /// <param name="scale">Pixels of the file for each, 1 to 64.</param>
    public static byte[] PixelsPng(TowerWorld world, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, 64);
        byte[] pixels = new byte[TowerPixels.Length];
        TowerPixels.Write(world, pixels);
        int side = scale * TowerPixels.Side;
        Picture picture = new(side, side);
        Span<byte> enlarged = picture.Pixels;
        for (int row = 0, to = 0; row < side; row++)
        {
            for (int column = 0; column < side; column++, to += 3)
            {
                pixels.AsSpan(3 * ((row / scale * TowerPixels.Side) + (column / scale)), 3).CopyTo(enlarged[to..]);
            }
        }

        using MemoryStream stream = new();
        PngEncoder.Write(picture, stream);
        return stream.ToArray();
    }

    /// <summary>The game as vector graphics.</summary>
    /// <param name="world">The game.</param>
    public static string Svg(TowerWorld world)
    {
        SvgCanvas canvas = new(Size, Size);
        TowerPicture.Draw(canvas, world);
        return canvas.ToString();
    }
}
