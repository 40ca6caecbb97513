namespace Proximal.Cli.Terminals;

/// <summary>A cell of a <see cref="TextTable"/>.</summary>
/// <param name="Text">Its text; escaped when it is shown.</param>
/// <param name="Ink">Its colour on a terminal.</param>
internal readonly record struct TableCell(string Text, Ink? Ink = null)
{
    public static implicit operator TableCell(string text) => new(text);
}
