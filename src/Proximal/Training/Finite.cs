namespace Proximal.Training;

/// <summary>Numbers without which training must not go on.</summary>
internal static class Finite
{
    /// <summary>The number itself.</summary>
    /// <param name="value">The number.</param>
    /// <param name="component">Whose it is.</param>
    /// <param name="step">Step, from 0.</param>
    /// <param name="what">What it is.</param>
    /// <exception cref="NonFiniteException">It is not finite.</exception>
    public static double Require(double value, string component, int step, string what) =>
        double.IsFinite(value) ? value : throw new NonFiniteException(component, step, FormattableString.Invariant($"{what} is {value}"));
}
