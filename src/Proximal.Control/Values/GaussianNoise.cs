using Proximal.Tensors.Random;

namespace Proximal.Control.Values;

/// <summary>Normal numbers in quantity: 64 random bits give two of them (Box and Muller 1958).</summary>
public static class GaussianNoise
{
    /// <summary>Fills a span with standard normal numbers of a stream.</summary>
    /// <param name="stream">The stream, from position 0 on.</param>
    /// <param name="values">Receives the numbers.</param>
    public static void Fill(in RandomStream stream, Span<float> values)
    {
        const float Unit = 1f / (1u << 24);
        for (int i = 0; i < values.Length; i += 2)
        {
            ulong bits = stream.Bits(i >> 1);

            // In (0, 1], so that the logarithm is finite.
            float radius = MathF.Sqrt(-2 * MathF.Log(((uint)(bits >> 40) + 1) * Unit));
            (float sine, float cosine) = MathF.SinCos(2 * MathF.PI * ((uint)(bits >> 8) & 0xFFFFFF) * Unit);
            values[i] = radius * cosine;
            if (i + 1 < values.Length)
            {
                values[i + 1] = radius * sine;
            }
        }
    }
}
