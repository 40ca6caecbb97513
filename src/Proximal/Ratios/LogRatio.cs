namespace Proximal.Ratios;

/// <summary>Differences of log-probabilities, bounded so that their exponential stays finite.</summary>
internal static class LogRatio
{
    /// <summary>Where differences are cut.</summary>
    public const float Limit = 20;

    /// <summary><c>clamp(a - b, -20, 20)</c>.</summary>
    public static float Bounded(float a, float b) => Math.Clamp(a - b, -Limit, Limit);
}
