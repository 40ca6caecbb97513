using System.Numerics;

namespace Proximal.Models.Networks;

/// <summary>Averages of parameters.</summary>
internal static class ParameterAverage
{
    public static void MoveTowards(Span<float> values, ReadOnlySpan<float> target, float rate)
    {
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> value = new(values[i..]);
            Vector.FusedMultiplyAdd(new Vector<float>(target[i..]) - value, new Vector<float>(rate), value).CopyTo(values[i..]);
        }

        for (; i < values.Length; i++)
        {
            values[i] = MathF.FusedMultiplyAdd(target[i] - values[i], rate, values[i]);
        }
    }
}
