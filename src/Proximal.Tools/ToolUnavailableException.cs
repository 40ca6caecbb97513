namespace Proximal.Tools;

/// <summary>A tool outside the process cannot be had: its server does not start or keeps failing, or this machine cannot isolate code. The message says why, and what to do.</summary>
public sealed class ToolUnavailableException : IOException
{
    /// <summary>Creates the exception.</summary>
    public ToolUnavailableException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line.</param>
    public ToolUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line.</param>
    /// <param name="cause">What went wrong.</param>
    public ToolUnavailableException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
