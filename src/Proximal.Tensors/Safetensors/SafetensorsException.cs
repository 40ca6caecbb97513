namespace Proximal.Tensors.Safetensors;

/// <summary>A safetensors file that breaks the format, or lacks what was asked of it. The message is one line: file, tensor, value, expected.</summary>
public sealed class SafetensorsException : Exception
{
    private const int LongestQuote = 120;

    /// <summary>Creates the exception.</summary>
    public SafetensorsException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    public SafetensorsException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public SafetensorsException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception for a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="tensor">The tensor, or null when the fault is in the file as a whole.</param>
    /// <param name="fault">The value found and what was expected.</param>
    /// <param name="innerException">The cause, if any.</param>
    public SafetensorsException(string file, string? tensor, string fault, Exception? innerException = null)
        : base(tensor is null ? $"{file}: {fault}" : $"{file}: tensor {Quote(tensor)}: {fault}", innerException)
    {
        File = file;
        Tensor = tensor;
    }

    /// <summary>The file at fault.</summary>
    public string? File { get; }

    /// <summary>The tensor at fault, or null.</summary>
    public string? Tensor { get; }

    /// <summary>Text of a file in quotes, without control characters and not too long, so that a message stays one readable line.</summary>
    internal static string Quote(string text)
    {
        string clipped = text.Length > LongestQuote ? string.Concat(text.AsSpan(0, LongestQuote), "...") : text;
        return "\"" + string.Concat(clipped.Select(c => char.IsControl(c) ? '?' : c)) + "\"";
    }
}
