using Proximal.Tensors.Files;

namespace Proximal.Control.Rendering;

/// <summary>A picture of eight bits a channel.</summary>
public sealed class Picture
{
    private readonly byte[] pixels;

    /// <summary>Creates a black picture.</summary>
    /// <param name="width">Width in pixels, 1 to 4096.</param>
    /// <param name="height">Height in pixels, 1 to 4096.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is outside its range.</exception>
    public Picture(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 4096);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, 4096);
        (Width, Height) = (width, height);
        pixels = new byte[width * height * 3];
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Red, green and blue of every pixel [height, width, 3], top row first.</summary>
    public Span<byte> Pixels => pixels;

    /// <summary>The color of a pixel.</summary>
    /// <param name="x">Column from the left.</param>
    /// <param name="y">Row from the top.</param>
    public Color this[int x, int y]
    {
        get
        {
            int at = 3 * ((y * Width) + x);
            return new Color(pixels[at], pixels[at + 1], pixels[at + 2]);
        }
    }

    /// <summary>Writes the picture as a PNG file.</summary>
    /// <param name="path">The file; it is replaced as a whole.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WritePng(string path) => AtomicFile.Write(path, stream => PngEncoder.Write(this, stream));
}
