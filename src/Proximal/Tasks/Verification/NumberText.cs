using System.Globalization;
using System.Numerics;

namespace Proximal.Tasks.Verification;

/// <summary>Reads numbers as people and models write them: 1,234.50, $5, 3/4, \frac{3}{4}, 50%, -7.</summary>
internal static class NumberText
{
    private const int MaximumCharacters = 96;

    /// <summary>Reads the whole text as one number.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The exact value, without regard to a percent sign.</param>
    /// <param name="percent">Whether a percent sign followed.</param>
    public static bool TryParse(string text, out Rational value, out bool percent)
    {
        (value, percent) = (default, false);
        if (text.Length > MaximumCharacters)
        {
            return false;
        }

        string plain = Clean(text);
        percent = plain.EndsWith('%');
        plain = percent ? plain[..^1] : plain;
        int slash = plain.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return TryDecimal(plain, out value);
        }

        if (!TryDecimal(plain.AsSpan(0, slash), out Rational numerator) || !TryDecimal(plain.AsSpan(slash + 1), out Rational denominator) || denominator.IsZero)
        {
            return false;
        }

        value = numerator / denominator;
        return true;
    }

    /// <summary>Removes what does not change a number, and writes fractions with a slash.</summary>
    private static string Clean(string text)
    {
        string plain = text.Replace("\\%", "%", StringComparison.Ordinal).Replace("\\$", "", StringComparison.Ordinal).Replace("\\!", "", StringComparison.Ordinal)
            .Replace("\\dfrac", "\\frac", StringComparison.Ordinal).Replace("\\tfrac", "\\frac", StringComparison.Ordinal)
            .Replace("\u2212", "-", StringComparison.Ordinal);
        plain = string.Concat(plain.Where(c => c is not ('$' or ',' or ' ' or '\t' or '\r' or '\n'))).TrimEnd('.').TrimStart('+');
        int fraction = plain.IndexOf("\\frac{", StringComparison.Ordinal), middle = plain.IndexOf("}{", StringComparison.Ordinal);
        return fraction is 0 or 1 && middle > fraction && plain.EndsWith('}')
            ? $"{plain[..fraction]}{plain[(fraction + 6)..middle]}/{plain[(middle + 2)..^1]}"
            : plain;
    }

    private static bool TryDecimal(ReadOnlySpan<char> text, out Rational value)
    {
        value = default;
        bool negative = text.StartsWith("-", StringComparison.Ordinal);
        ReadOnlySpan<char> digits = negative ? text[1..] : text;
        int point = digits.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? digits : digits[..point], part = point < 0 ? [] : digits[(point + 1)..];
        if (whole.Length + part.Length == 0 || whole.ContainsAnyExceptInRange('0', '9') || part.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        BigInteger numerator = BigInteger.Parse($"0{whole}{part}", NumberStyles.None, CultureInfo.InvariantCulture);
        value = new Rational(negative ? -numerator : numerator, BigInteger.Pow(10, part.Length));
        return true;
    }
}
