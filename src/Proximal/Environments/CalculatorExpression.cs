using System.Globalization;
using System.Numerics;
using Proximal.Tasks;

namespace Proximal.Environments;

/// <summary>
/// What the calculator computes: integers, + - * / % ^ and parentheses in exact fractions. ^ binds to the right and before a sign, % is the
/// remainder of two integers with the sign of the divisor. Every number, also in between, has a numerator and a denominator of at most 12 digits, so that
/// neither time nor memory depends on what a policy writes.
/// </summary>
internal sealed class CalculatorExpression
{
    /// <summary>What is no expression.</summary>
    public const string SyntaxError = "err syntax";

    /// <summary>A division by zero.</summary>
    public const string ZeroError = "err div0";

    /// <summary>A text or a number that is too long.</summary>
    public const string RangeError = "err range";

    private const int LargestLength = 64;

    private static readonly BigInteger Limit = BigInteger.Pow(10, 12);

    private readonly string text;
    private int at;
    private string? error;

    private CalculatorExpression(string text) => this.text = text;

    /// <summary>The value, as <c>7</c> or <c>7/2</c>, or an error.</summary>
    public static string Evaluate(string expression)
    {
        TryEvaluate(expression, out string result);
        return result;
    }

    /// <summary>The value, as <c>7</c> or <c>7/2</c>; false for an error, which is then the result.</summary>
    public static bool TryEvaluate(string expression, out string result)
    {
        CalculatorExpression calculator = new(expression);
        Rational value = expression.Length > LargestLength ? calculator.Fail(RangeError) : calculator.Sum();
        calculator.Skip();
        if (calculator.at < expression.Length)
        {
            calculator.Fail(SyntaxError);
        }

        result = calculator.error ?? value.ToString();
        return calculator.error is null;
    }

    private Rational Sum()
    {
        Rational value = Product();
        while (Take("+-") is { } operation)
        {
            Rational right = Product();
            value = Bound(operation == '+' ? value + right : value - right);
        }

        return value;
    }

    private Rational Product()
    {
        Rational value = Signed();
        while (Take("*/%") is { } operation)
        {
            Rational right = Signed();
            value = operation switch
            {
                '*' => Bound(value * right),
                _ when right.IsZero => Fail(ZeroError),
                '/' => Bound(value / right),
                _ => Remainder(value, right),
            };
        }

        return value;
    }

    private Rational Signed() => Take("+-") switch
    {
        '-' => 0 - Signed(),
        '+' => Signed(),
        _ => Power(),
    };

    private Rational Power()
    {
        Rational value = Operand();
        return Take("^") is null ? value : Raise(value, Signed());
    }

    private Rational Operand()
    {
        if (Take("(") is not null)
        {
            Rational value = Sum();
            return Take(")") is null ? Fail(SyntaxError) : value;
        }

        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at == start ? Fail(SyntaxError) : Bound(new Rational(BigInteger.Parse(text.AsSpan(start, at - start), CultureInfo.InvariantCulture), 1));
    }

    private Rational Remainder(Rational value, Rational divisor)
    {
        if (!value.Denominator.IsOne || !divisor.Denominator.IsOne)
        {
            return Fail(RangeError);
        }

        BigInteger remainder = BigInteger.Remainder(value.Numerator, divisor.Numerator);
        return new Rational(remainder.Sign * divisor.Numerator.Sign < 0 ? remainder + divisor.Numerator : remainder, 1);
    }

    private Rational Raise(Rational value, Rational exponent)
    {
        if (!exponent.Denominator.IsOne)
        {
            return Fail(RangeError);
        }

        if (exponent.Numerator.Sign < 0 && value.IsZero)
        {
            return Fail(ZeroError);
        }

        // By squaring: the bits of an exponent are few, and a square is only needed where it divides the result.
        Rational result = 1, square = exponent.Numerator.Sign < 0 ? 1 / value : value;
        for (BigInteger bits = BigInteger.Abs(exponent.Numerator); error is null && !bits.IsZero; bits >>= 1)
        {
            result = bits.IsEven ? result : Bound(result * square);
            square = bits.IsOne ? square : Bound(square * square);
        }

        return result;
    }

    private Rational Bound(Rational value) => BigInteger.Abs(value.Numerator) < Limit && value.Denominator < Limit ? value : Fail(RangeError);

    /// <summary>Notes the first error and ends the reading; the value stands for nothing.</summary>
    private Rational Fail(string kind)
    {
        error ??= kind;
        at = text.Length;
        return 1;
    }

    private char? Take(string operations)
    {
        Skip();
        return at < text.Length && operations.Contains(text[at], StringComparison.Ordinal) ? text[at++] : null;
    }

    private void Skip()
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }
    }
}
