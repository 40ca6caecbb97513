namespace Proximal.Analysis.Curves;

/// <summary>Which end of a text its place names.</summary>
internal enum TextAnchor
{
    Start,
    Middle,
    End,
}
