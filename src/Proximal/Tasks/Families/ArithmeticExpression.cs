using static System.FormattableString;

namespace Proximal.Tasks.Families;

/// <summary>
/// Recursive-descent reading of expressions from digits, + - * / and parentheses, worked out in exact fractions. Length, depth and literals are bounded, so hostile text
/// costs little.
/// </summary>
internal ref struct ArithmeticExpression
{
    private const int MaximumCharacters = 256;
    private const int MaximumDepth = 32;
    private const int MaximumDigits = 6;

    private readonly ReadOnlySpan<char> text;
    private readonly List<int> literals;
    private readonly List<string> steps;
    private string? error;
    private int at;
    private int depth;

    private ArithmeticExpression(ReadOnlySpan<char> text)
    {
        this.text = text;
        literals = [];
        steps = [];
    }

    /// <summary>Evaluates an expression; the error is null when that worked.</summary>
    public static (Rational Value, IReadOnlyList<int> Literals, IReadOnlyList<string> Steps, string? Error) Evaluate(ReadOnlySpan<char> text)
    {
        if (text.Length > MaximumCharacters)
        {
            return (default, [], [], "the expression is too long");
        }

        ArithmeticExpression parser = new(text);
        Rational value = parser.Sum();
        parser.SkipSpaces();
        if (parser.error is null && parser.at < text.Length)
        {
            parser.error = Invariant($"unexpected character at {parser.at}");
        }

        return (value, parser.literals, parser.steps, parser.error);
    }

    private Rational Sum()
    {
        Rational value = Product();
        while (error is null && Next() is '+' or '-')
        {
            value = Combine(value, text[at++], Product());
        }

        return value;
    }

    private Rational Product()
    {
        Rational value = Factor();
        while (error is null && Next() is '*' or '/')
        {
            value = Combine(value, text[at++], Factor());
        }

        return value;
    }

    private Rational Factor()
    {
        if (error is not null)
        {
            return default;
        }

        return Next() switch
        {
            '(' => Group(),
            >= '0' and <= '9' => Literal(),
            _ => Fail(Invariant($"expected a number at {at}")),
        };
    }

    private Rational Group()
    {
        if (++depth > MaximumDepth)
        {
            return Fail("parentheses are too deep");
        }

        at++;
        Rational value = Sum();
        if (error is null && Next() != ')')
        {
            return Fail(Invariant($"expected ) at {at}"));
        }

        at++;
        depth--;
        return value;
    }

    private Rational Literal()
    {
        int value = 0, start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            if (at - start == MaximumDigits)
            {
                return Fail("a number is too long");
            }

            value = (value * 10) + (text[at++] - '0');
        }

        literals.Add(value);
        return value;
    }

    private Rational Combine(Rational left, char operation, Rational right)
    {
        if (error is not null)
        {
            return default;
        }

        if (Rational.Apply(left, operation, right) is not { } result)
        {
            return Fail("division by zero");
        }

        steps.Add($"{left}{operation}{right}={result}");
        return result;
    }

    private char Next()
    {
        SkipSpaces();
        return at < text.Length ? text[at] : '\0';
    }

    private void SkipSpaces()
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }
    }

    private Rational Fail(string message)
    {
        error ??= message;
        return default;
    }
}
