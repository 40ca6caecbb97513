using System.Globalization;

namespace Proximal.Cli.Terminals;

/// <summary>Where a command reads and writes, and what that place can show.</summary>
internal sealed class Terminal
{
    private const int RedirectedWidth = 80;
    private const int NarrowestWidth = 40;
    private const int WidestWidth = 160;

    private readonly Func<int> width;
    private readonly Func<TextReader> input;

    /// <summary>A terminal over given streams; without flags a redirected one.</summary>
    public Terminal(TextWriter output, TextWriter error, TextReader input, Func<int>? width = null)
        : this(output, error, () => input, width)
    {
    }

    private Terminal(TextWriter output, TextWriter error, Func<TextReader> input, Func<int>? width)
    {
        Output = output;
        Error = error;
        this.input = input;
        this.width = width ?? (() => RedirectedWidth);
    }

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    /// <summary>Where a command reads. Of this process taken only when asked for: it puts a terminal into another mode.</summary>
    public TextReader Input => input();

    /// <summary>Whether a person sees <see cref="Output"/> as it is written.</summary>
    public bool IsOutputTerminal { get; init; }

    /// <summary>Whether a person sees <see cref="Error"/> as it is written.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Whether a person types <see cref="Input"/>.</summary>
    public bool IsInputTerminal { get; init; }

    /// <summary>Whether colours are wanted where a person looks.</summary>
    public bool Colors { get; set; }

    /// <summary>Whether <see cref="Output"/> is coloured.</summary>
    public bool PaintsOutput => Colors && IsOutputTerminal;

    /// <summary>Columns of <see cref="Output"/>; 80 where it is redirected.</summary>
    public int Width => Math.Clamp(width(), NarrowestWidth, WidestWidth);

    /// <summary>Ends a command early; canceled by the first Ctrl-C while somebody listens.</summary>
    public Func<Interruption> Listen { get; init; } = () => new Interruption(registers: false);

    /// <summary>The terminal, files or pipes of this process.</summary>
    public static Terminal OfProcess()
    {
        bool dumb = Environment.GetEnvironmentVariable("TERM") == "dumb";
        bool colors = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && !dumb;
        bool outputIsTerminal = !Console.IsOutputRedirected && !dumb;
        return new Terminal(Console.Out, Console.Error, () => Console.In, () => outputIsTerminal ? Console.WindowWidth : RedirectedWidth)
        {
            IsOutputTerminal = outputIsTerminal,
            IsErrorTerminal = !Console.IsErrorRedirected && !dumb,
            IsInputTerminal = !Console.IsInputRedirected,
            Colors = colors,
            Listen = () => new Interruption(registers: true),
        };
    }

    /// <summary>The text in a colour where <see cref="Output"/> shows colours.</summary>
    public string Paint(string text, Ink ink) => Paint(text, ink, PaintsOutput);

    /// <summary>The text in a colour where <see cref="Error"/> shows colours.</summary>
    public string PaintError(string text, Ink ink) => Paint(text, ink, Colors && IsErrorTerminal);

    /// <summary>Asks a question that defaults to no.</summary>
    public bool Confirm(string question)
    {
        Error.Write($"{SafeText.OneLine(question)} [y/N] ");
        Error.Flush();
        return Input.ReadLine()?.Trim() is "y" or "Y" or "yes" or "Yes";
    }

    private static string Paint(string text, Ink ink, bool colors) =>
        colors ? string.Create(CultureInfo.InvariantCulture, $"\e[{(int)ink}m{text}\e[0m") : text;
}
