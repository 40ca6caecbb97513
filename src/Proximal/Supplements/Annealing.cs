namespace Proximal.Supplements;

/// <summary>A coefficient that falls linearly to 0 over a share of the stage.</summary>
internal static class Annealing
{
    /// <summary>The coefficient of a step.</summary>
    /// <param name="coefficient">That of the first step.</param>
    /// <param name="share">Share of the stage after which it is 0; 0 leaves it as it is.</param>
    /// <param name="step">The step.</param>
    public static double At(double coefficient, double share, SupplementStep step) =>
        share == 0 || step.Steps == 0 ? coefficient : coefficient * Math.Max(0, 1 - (step.Step / (share * step.Steps)));
}
