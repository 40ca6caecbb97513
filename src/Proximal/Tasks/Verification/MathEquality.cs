namespace Proximal.Tasks.Verification;

/// <summary>
/// Equality of mathematical answers: integers, decimals, fractions and percentages by exact value, everything else by its text without spaces. When only one side carries a percent
/// sign, both readings of it count (50% equals 50 and 0.5), because gold answers leave the sign out.
/// </summary>
public static class MathEquality
{
    /// <summary>Whether two answers are the same.</summary>
    public static bool AreEqual(string left, string right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (!NumberText.TryParse(left, out Rational a, out bool aPercent) || !NumberText.TryParse(right, out Rational b, out bool bPercent))
        {
            return Compact(left) == Compact(right) && Compact(left).Length > 0;
        }

        return a == b || (aPercent != bPercent && (aPercent ? a == b * 100 : a * 100 == b));
    }

    /// <summary>An answer in normal form: a number in lowest terms, or the text without spaces.</summary>
    public static string Normalize(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return NumberText.TryParse(answer, out Rational value, out bool percent) ? $"{value}{(percent ? "%" : "")}" : Compact(answer);
    }

    private static string Compact(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
