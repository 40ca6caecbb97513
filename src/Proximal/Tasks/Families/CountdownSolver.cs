using System.Globalization;

namespace Proximal.Tasks.Families;

/// <summary>Exact solver of Countdown over fractions: every number is used exactly once.</summary>
internal static class CountdownSolver
{
    /// <summary>The most numbers that are searched exhaustively.</summary>
    public const int MaximumNumbers = 6;

    /// <summary>All solutions without outer parentheses, up to the order of the operands of + and *.</summary>
    /// <exception cref="ArgumentException">There are no numbers, or more than <see cref="MaximumNumbers"/>.</exception>
    public static IReadOnlyCollection<string> SolveAll(IReadOnlyList<int> numbers, int target)
    {
        HashSet<string> solutions = new(StringComparer.Ordinal);
        Search(Leaves(numbers), target, text => !solutions.Add(text) && false, null);
        return solutions;
    }

    /// <summary>One solution, or null when there is none.</summary>
    /// <exception cref="ArgumentException">There are no numbers, or more than <see cref="MaximumNumbers"/>.</exception>
    public static string? SolveFirst(IReadOnlyList<int> numbers, int target)
    {
        string? solution = null;
        Search(Leaves(numbers), target, text => (solution = text) is not null, new HashSet<string>(StringComparer.Ordinal));
        return solution;
    }

    private static List<Term> Leaves(IReadOnlyList<int> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        if (numbers.Count is 0 or > MaximumNumbers)
        {
            throw new ArgumentException($"{numbers.Count} numbers; expected 1 to {MaximumNumbers}.", nameof(numbers));
        }

        return [.. numbers.Select(n => new Term(n, n.ToString(CultureInfo.InvariantCulture)))];
    }

    /// <summary>Tries all pairs; true when a solution was accepted. With a set of dead ends, value multisets that failed are not tried again.</summary>
    private static bool Search(List<Term> terms, Rational target, Func<string, bool> accept, HashSet<string>? deadEnds)
    {
        if (terms.Count == 1)
        {
            return terms[0].Value == target && accept(WithoutOuterParentheses(terms[0].Text));
        }

        string state = deadEnds is null ? "" : string.Join(' ', terms.Select(term => term.Value.ToString()).Order(StringComparer.Ordinal));
        if (deadEnds?.Contains(state) == true)
        {
            return false;
        }

        for (int i = 0; i < terms.Count; i++)
        {
            for (int j = i + 1; j < terms.Count; j++)
            {
                List<Term> rest = [.. terms.Where((_, index) => index != i && index != j)];
                foreach (Term combined in Combine(terms[i], terms[j]))
                {
                    rest.Add(combined);
                    if (Search(rest, target, accept, deadEnds))
                    {
                        return true;
                    }

                    rest.RemoveAt(rest.Count - 1);
                }
            }
        }

        deadEnds?.Add(state);
        return false;
    }

    private static IEnumerable<Term> Combine(Term a, Term b)
    {
        int order = a.Value.CompareTo(b.Value);
        (Term large, Term small) = order > 0 || (order == 0 && string.CompareOrdinal(a.Text, b.Text) <= 0) ? (a, b) : (b, a);
        foreach (char operation in "+*-/")
        {
            if (Rational.Apply(large.Value, operation, small.Value) is { } value)
            {
                yield return new Term(value, $"({large.Text}{operation}{small.Text})");
            }

            if (operation is '-' or '/' && Rational.Apply(small.Value, operation, large.Value) is { } reversed)
            {
                yield return new Term(reversed, $"({small.Text}{operation}{large.Text})");
            }
        }
    }

    internal static string WithoutOuterParentheses(string text) => text[0] == '(' ? text[1..^1] : text;

    private readonly record struct Term(Rational Value, string Text);
}
