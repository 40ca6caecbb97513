namespace Proximal.Control.Rendering;

/// <summary>Which part of a text lies at its point.</summary>
public enum TextAnchor
{
    /// <summary>The left end.</summary>
    Left,

    /// <summary>The middle.</summary>
    Center,

    /// <summary>The right end.</summary>
    Right,
}
