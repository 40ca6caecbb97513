namespace Proximal.Analysis.Diagnostics;

/// <summary>Which tokens around a token its window entropy averages.</summary>
public enum WindowPlacement
{
    /// <summary>The tokens after it, without itself (ARES).</summary>
    Following,

    /// <summary>Itself with as many tokens before as after, one more before when the width is even.</summary>
    Centered,

    /// <summary>Itself and the tokens before it.</summary>
    Trailing,
}
