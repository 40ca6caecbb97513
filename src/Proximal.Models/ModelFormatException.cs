namespace Proximal.Models;

/// <summary>A file of a model that cannot be used: broken, out of bounds or with a feature that is not supported. The message is one line: file, key, value, expected.</summary>
public sealed class ModelFormatException : Exception
{
    private const int LongestQuote = 120;

    /// <summary>Creates the exception.</summary>
    public ModelFormatException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    public ModelFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public ModelFormatException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception for a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="fault">The key, the value found and what was expected.</param>
    /// <param name="innerException">The cause, if any.</param>
    public ModelFormatException(string file, string fault, Exception? innerException = null)
        : base($"{file}: {fault}", innerException) => File = file;

    /// <summary>The file at fault.</summary>
    public string? File { get; }

    /// <summary>Text of a file in quotes, without control characters and not too long, so that a message stays one readable line.</summary>
    internal static string Quote(string text)
    {
        string clipped = text.Length > LongestQuote ? string.Concat(text.AsSpan(0, LongestQuote), "...") : text;
        return "\"" + string.Concat(clipped.Select(c => char.IsControl(c) ? '?' : c)) + "\"";
    }
}
