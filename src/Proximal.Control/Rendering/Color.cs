using System.Globalization;

namespace Proximal.Control.Rendering;

/// <summary>A color of eight bits a channel.</summary>
/// <param name="Red">Red.</param>
/// <param name="Green">Green.</param>
/// <param name="Blue">Blue.</param>
/// <param name="Alpha">Opacity.</param>
public readonly record struct Color(byte Red, byte Green, byte Blue, byte Alpha = 255)
{
    /// <summary>White.</summary>
    public static Color White { get; } = Hex(0xFFFFFF);

    /// <summary>Black that is easy on the eye.</summary>
    public static Color Ink { get; } = Hex(0x24292F);

    /// <summary>A gray for floors and lines in the background.</summary>
    public static Color Silver { get; } = Hex(0xD0D7DE);

    /// <summary>A gray for walls.</summary>
    public static Color Gray { get; } = Hex(0x6E7781);

    /// <summary>The usual color of the agent.</summary>
    public static Color Indigo { get; } = Hex(0x4F5BD5);

    /// <summary>A second color of bodies.</summary>
    public static Color Amber { get; } = Hex(0xD99A3A);

    /// <summary>The usual color of goals.</summary>
    public static Color Teal { get; } = Hex(0x2A9D8F);

    /// <summary>The usual color of dangers.</summary>
    public static Color Crimson { get; } = Hex(0xD1495B);

    /// <summary>A light blue, for water and sky.</summary>
    public static Color Sky { get; } = Hex(0xA9D6E5);

    /// <summary>The color of a number written as 0xRRGGBB.</summary>
    public static Color Hex(int value) => new((byte)(value >> 16), (byte)(value >> 8), (byte)value);

    /// <summary>The color with another opacity, 0 to 1.</summary>
    public Color WithOpacity(double opacity) => this with { Alpha = (byte)Math.Round(255 * Math.Clamp(opacity, 0, 1)) };

    /// <summary>A color between two.</summary>
    /// <param name="from">At 0.</param>
    /// <param name="to">At 1.</param>
    /// <param name="share">Where between them, 0 to 1.</param>
    public static Color Between(Color from, Color to, double share)
    {
        double t = Math.Clamp(share, 0, 1);
        return new Color(Mix(from.Red, to.Red, t), Mix(from.Green, to.Green, t), Mix(from.Blue, to.Blue, t), Mix(from.Alpha, to.Alpha, t));
    }

    /// <summary>The color as <c>#rrggbb</c>, without its opacity.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");

    private static byte Mix(byte from, byte to, double share) => (byte)Math.Round(from + ((to - from) * share));
}
