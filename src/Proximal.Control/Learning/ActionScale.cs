using Proximal.Control.Spaces;

namespace Proximal.Control.Learning;

/// <summary>Actions in [-1, 1], as continuous algorithms choose and store them, and those of a box: low + (high - low) (a + 1) / 2.</summary>
public static class ActionScale
{
    /// <summary>Takes actions from [-1, 1] to a box.</summary>
    /// <param name="box">A bounded box.</param>
    /// <param name="unit">[rows, width].</param>
    /// <param name="actions">Receives [rows, width]; may be the same memory.</param>
    public static void ToBox(BoxSpace box, ReadOnlySpan<float> unit, Span<float> actions)
    {
        ArgumentNullException.ThrowIfNull(box);
        ReadOnlySpan<float> low = box.Low, high = box.High;
        for (int start = 0; start < unit.Length; start += low.Length)
        {
            for (int i = 0; i < low.Length; i++)
            {
                actions[start + i] = Math.Clamp(low[i] + (0.5f * (high[i] - low[i]) * (unit[start + i] + 1)), low[i], high[i]);
            }
        }
    }

    /// <summary>Takes actions of a box to [-1, 1].</summary>
    /// <param name="box">A bounded box.</param>
    /// <param name="actions">[rows, width].</param>
    /// <param name="unit">Receives [rows, width]; may be the same memory.</param>
    public static void FromBox(BoxSpace box, ReadOnlySpan<float> actions, Span<float> unit)
    {
        ArgumentNullException.ThrowIfNull(box);
        ReadOnlySpan<float> low = box.Low, high = box.High;
        for (int start = 0; start < actions.Length; start += low.Length)
        {
            for (int i = 0; i < low.Length; i++)
            {
                unit[start + i] = Math.Clamp((2 * (actions[start + i] - low[i]) / (high[i] - low[i])) - 1, -1, 1);
            }
        }
    }
}
