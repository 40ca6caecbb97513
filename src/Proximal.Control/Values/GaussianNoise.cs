using System.Numerics;
using Proximal.Tensors.Random;

namespace Proximal.Control.Values;

/// <summary>Normal numbers in quantity: 64 random bits give two of them (Box and Muller 1958).</summary>
public static class GaussianNoise
{
    private const int Block = 64;
    private const float Unit = 1f / (1u << 24);

    /// <summary>Fills a span with standard normal numbers of a stream.</summary>
    /// <param name="stream">The stream, from position 0 on.</param>
    /// <param name="values">Receives the numbers.</param>
    public static void Fill(in RandomStream stream, Span<float> values)
    {
        Span<float> radii = stackalloc float[Block], angles = stackalloc float[Block];
        for (int start = 0; start < values.Length; start += 2 * Block)
        {
            for (int i = 0; i < Block; i++)
            {
                ulong bits = stream.Bits((start / 2) + i);

                // In (0, 1], so that the logarithm is finite.
                radii[i] = ((uint)(bits >> 40) + 1) * Unit;
                angles[i] = ((uint)(bits >> 8) & 0xFFFFFF) * (2 * MathF.PI * Unit);
            }

            Turn(radii, angles);
            int count = Math.Min(Block, values.Length - start);
            radii[..count].CopyTo(values[start..]);
            angles[..Math.Max(0, Math.Min(Block, values.Length - start - Block))].CopyTo(values[Math.Min(start + Block, values.Length)..]);
        }
    }

    /// <summary>Makes normal numbers of uniform ones: cosines in the place of the radii, sines in that of the angles.</summary>
    private static void Turn(Span<float> radii, Span<float> angles)
    {
        for (int i = 0; i < Block; i += Vector<float>.Count)
        {
            Vector<float> radius = Vector.SquareRoot(new Vector<float>(-2) * Vector.Log(new Vector<float>(radii[i..])));
            (Vector<float> sine, Vector<float> cosine) = Vector.SinCos(new Vector<float>(angles[i..]));
            (radius * cosine).CopyTo(radii[i..]);
            (radius * sine).CopyTo(angles[i..]);
        }
    }
}
