namespace Proximal.Cli.Terminals;

/// <summary>The few colours that the command uses: numbers of ANSI "select graphic rendition".</summary>
internal enum Ink
{
    Bold = 1,
    Faint = 2,
    Red = 31,
    Green = 32,
    Yellow = 33,
    Cyan = 36,
}
