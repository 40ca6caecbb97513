using System.Globalization;
using System.Numerics;

namespace Proximal.Tasks;

/// <summary>An exact fraction in lowest terms with a positive denominator.</summary>
internal readonly struct Rational : IEquatable<Rational>, IComparable<Rational>
{
    private const int Decimals = 6;

    private readonly BigInteger denominatorLessOne;

    public Rational(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException();
        }

        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        denominatorLessOne = (denominator / divisor) - 1;
    }

    public BigInteger Numerator { get; }

    public BigInteger Denominator => denominatorLessOne + 1;

    public bool IsZero => Numerator.IsZero;

    public static implicit operator Rational(int value) => new(value, 1);

    public static Rational operator +(Rational a, Rational b) => new((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator -(Rational a, Rational b) => new((a.Numerator * b.Denominator) - (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator *(Rational a, Rational b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Rational operator /(Rational a, Rational b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public static bool operator ==(Rational a, Rational b) => a.Equals(b);

    public static bool operator !=(Rational a, Rational b) => !a.Equals(b);

    /// <summary>Applies + - * or /; null for a division by zero.</summary>
    public static Rational? Apply(Rational a, char operation, Rational b) => operation switch
    {
        '+' => a + b,
        '-' => a - b,
        '*' => a * b,
        _ => b.IsZero ? null : a / b,
    };

    public bool Equals(Rational other) => Numerator == other.Numerator && denominatorLessOne == other.denominatorLessOne;

    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Numerator, denominatorLessOne);

    public int CompareTo(Rational other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    public double ToDouble() => (double)Numerator / (double)Denominator;

    /// <summary>An integer, or numerator/denominator.</summary>
    public override string ToString() => Denominator.IsOne
        ? Numerator.ToString(CultureInfo.InvariantCulture)
        : $"{Numerator.ToString(CultureInfo.InvariantCulture)}/{Denominator.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The value with six decimals, rounded half away from zero.</summary>
    public string ToDecimal()
    {
        BigInteger scaled = ((BigInteger.Abs(Numerator) * 2 * BigInteger.Pow(10, Decimals)) + Denominator) / (2 * Denominator);
        string digits = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(Decimals + 1, '0');
        return $"{(Numerator.Sign < 0 && !scaled.IsZero ? "-" : "")}{digits[..^Decimals]}.{digits[^Decimals..]}";
    }
}
