namespace Proximal.Control.Environments;

/// <summary>An environment broke its contract, or was given what it cannot take; the message names environment, copy and step.</summary>
public sealed class EnvironmentException : Exception
{
    /// <summary>Creates an exception.</summary>
    /// <param name="environment">Name of the environment.</param>
    /// <param name="copy">Which of the copies.</param>
    /// <param name="step">Step of the episode, counted from 1; 0 for a reset.</param>
    /// <param name="fault">What is wrong and what was expected.</param>
    /// <param name="inner">What the environment threw.</param>
    public EnvironmentException(string environment, int copy, long step, string fault, Exception? inner = null)
        : base($"{environment}, copy {copy}, step {step}: {fault}", inner)
    {
    }
}
