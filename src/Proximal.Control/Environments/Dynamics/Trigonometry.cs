using System.Runtime.CompilerServices;

namespace Proximal.Control.Environments.Dynamics;

/// <summary>
/// Sine and cosine over lanes. Both are within 2.3e-16 (one unit in the last place of 1) of the exact values for angles up to 1e5 radians;
/// beyond, the error grows with the angle. The polynomials are those of FreeBSD's msun (Sun Microsystems 1993).
/// </summary>
internal static class Trigonometry
{
    // Pi/2 as a sum of three doubles.
    private const double Half0 = 1.5707963267948966, Half1 = 6.123233995736766e-17, Half2 = -1.4973849048591833e-33;

    private const double
        S1 = -1.66666666666666324348e-01, S2 = 8.33333333332248946124e-03, S3 = -1.98412698298579493134e-04,
        S4 = 2.75573137070700676789e-06, S5 = -2.50507602534068634195e-08, S6 = 1.58969099521155010221e-10;

    private const double
        C1 = 4.16666666666666019037e-02, C2 = -1.38888888888741095749e-03, C3 = 2.48015872894767294178e-05,
        C4 = -2.75573143513906633035e-07, C5 = 2.08757232129817482790e-09, C6 = -1.13596475577881948265e-11;

    /// <summary>Sine and cosine of any angle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCos<T>(T angle, out T sine, out T cosine)
        where T : unmanaged, ILanes<T>
    {
        T quarters = T.Round(angle * (2 / Math.PI));
        T rest = T.FusedMultiplyAdd(quarters, -Half0, angle);
        rest = T.FusedMultiplyAdd(quarters, -Half1, rest);
        rest = T.FusedMultiplyAdd(quarters, -Half2, rest);
        SinCosWithinEighth(rest, out T s, out T c);

        T quadrant = quarters - (4 * T.Floor(quarters * 0.25));
        T odd = T.IsEqual(quadrant, 1) | T.IsEqual(quadrant, 3);
        sine = T.Select(odd, c, s);
        cosine = T.Select(odd, s, c);
        sine = T.Select(T.IsAtLeast(quadrant, 2), -sine, sine);
        cosine = T.Select(T.IsEqual(quadrant, 1) | T.IsEqual(quadrant, 2), -cosine, cosine);
    }

    /// <summary>Sine and cosine of angles from -pi/4 to pi/4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCosWithinEighth<T>(T angle, out T sine, out T cosine)
        where T : unmanaged, ILanes<T>
    {
        T square = angle * angle;
        T s = T.FusedMultiplyAdd(S6, square, S5);
        T c = T.FusedMultiplyAdd(C6, square, C5);
        s = T.FusedMultiplyAdd(s, square, S4);
        c = T.FusedMultiplyAdd(c, square, C4);
        s = T.FusedMultiplyAdd(s, square, S3);
        c = T.FusedMultiplyAdd(c, square, C3);
        s = T.FusedMultiplyAdd(s, square, S2);
        c = T.FusedMultiplyAdd(c, square, C2);
        s = T.FusedMultiplyAdd(s, square, S1);
        c = T.FusedMultiplyAdd(c, square, C1);
        sine = T.FusedMultiplyAdd(s * square, angle, angle);
        cosine = T.FusedMultiplyAdd(c * square, square, T.FusedMultiplyAdd(square, -0.5, 1));
    }
}
