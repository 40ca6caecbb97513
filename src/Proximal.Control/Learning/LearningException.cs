namespace Proximal.Control.Learning;

/// <summary>Learning cannot go on: a loss or gradient is not finite. The message names the algorithm, the step and the quantity.</summary>
public sealed class LearningException : Exception
{
    /// <summary>Creates an exception.</summary>
    /// <param name="algorithm">Name of the algorithm.</param>
    /// <param name="step">Steps taken.</param>
    /// <param name="quantity">What is not finite, as "the policy loss".</param>
    /// <param name="value">Its value.</param>
    public LearningException(string algorithm, long step, string quantity, double value)
        : base($"{algorithm}, step {step}: {quantity} is {value}, expected a finite number")
    {
    }
}
