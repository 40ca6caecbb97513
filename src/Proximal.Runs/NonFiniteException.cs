namespace Proximal;

/// <summary>A number that is not finite met a component; training must not go on.</summary>
public sealed class NonFiniteException : ArithmeticException
{
    /// <summary>An exception without a component.</summary>
    public NonFiniteException()
    {
    }

    /// <summary>An exception with a message only.</summary>
    public NonFiniteException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and its cause.</summary>
    public NonFiniteException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An exception that names where the number was met.</summary>
    /// <param name="component">Seam and key of the component, as <c>Ratios 'token'</c>.</param>
    /// <param name="step">Step of the batch.</param>
    /// <param name="what">The quantity, as <c>reward of path 3 is NaN</c>.</param>
    public NonFiniteException(string component, int step, string what)
        : base(FormattableString.Invariant($"{component} at step {step}: {what}, expected a finite number"))
    {
        Component = component;
        Step = step;
    }

    /// <summary>Seam and key of the component.</summary>
    public string Component { get; init; } = "";

    /// <summary>Step of the batch.</summary>
    public int Step { get; init; }

    /// <summary>The data in which it was met, in the trainer's own terms, where they are not those of the step.</summary>
    internal object? Batch { get; init; }
}
