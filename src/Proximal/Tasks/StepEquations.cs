using System.Globalization;

namespace Proximal.Tasks;

/// <summary>Checks steps of the form <c>x op y=z</c> between integers.</summary>
internal static class StepEquations
{
    /// <summary>Operands beyond this are no numbers of any family; products of two stay exact.</summary>
    private const long Largest = 1_000_000_000;

    /// <summary>Whether there are equations, every one is true, and the last result is the answer. Words between them are no equations.</summary>
    /// <param name="thought">Steps between semicolons.</param>
    /// <param name="answer">What they must lead to.</param>
    /// <param name="modulus">Results are taken modulo this; 0 for plain integers.</param>
    public static bool Hold(string thought, string answer, int modulus = 0)
    {
        ReadOnlySpan<char> last = default;
        foreach (Range range in thought.AsSpan().Split(';'))
        {
            ReadOnlySpan<char> step = thought.AsSpan(range);
            int equals = step.LastIndexOf('=');
            if (equals < 0)
            {
                continue;
            }

            if (!IsTrue(step[..equals], step[(equals + 1)..], modulus))
            {
                return false;
            }

            last = step[(equals + 1)..];
        }

        return last.SequenceEqual(answer);
    }

    private static bool IsTrue(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int modulus)
    {
        // The operator is the first sign behind the first digit, so that a minus may stand before either number.
        int at = left.IndexOfAnyInRange('0', '9'), length = at < 0 ? -1 : left[at..].IndexOfAny("+-*/");
        if (length < 0 || !TryRead(left[..(at + length)], out long x) || !TryRead(left[(at + length + 1)..], out long y) || !TryRead(right, out long z))
        {
            return false;
        }

        return left[at + length] switch
        {
            '+' => IsSame(x + y),
            '-' => IsSame(x - y),
            '*' => IsSame(x * y),
            _ => modulus == 0 && y != 0 && x % y == 0 && x / y == z,
        };

        bool IsSame(long value) => modulus == 0 ? value == z : ((value % modulus) + modulus) % modulus == z;
    }

    private static bool TryRead(ReadOnlySpan<char> text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && Math.Abs(value) <= Largest;
}
