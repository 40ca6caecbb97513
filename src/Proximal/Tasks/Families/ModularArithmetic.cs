using System.Diagnostics.CodeAnalysis;

namespace Proximal.Tasks.Families;

/// <summary>Arithmetic modulo m with results in [0, m).</summary>
internal static class ModularArithmetic
{
    public const string Operators = "+-*";

    public static int Apply(int x, char operation, int y, int modulus)
    {
        int value = operation switch
        {
            '+' => x + y,
            '-' => x - y,
            _ => x * y,
        };
        return ((value % modulus) + modulus) % modulus;
    }

    /// <summary>Whether a chain of thought states any equation; without one only the answer can be judged.</summary>
    public static bool HasSteps([NotNullWhen(true)] string? thought) => thought?.Contains('=', StringComparison.Ordinal) == true;

    /// <summary>The share of the gold steps, from the first on, that a chain of thought works through, plain or as assignments.</summary>
    public static double StepsRight(IReadOnlyList<string> steps, string thought)
    {
        string[] given = thought.Split(';');
        return Math.Max(Matched(steps, given), Matched([.. StepCode.Assignments(steps)], given)) / (double)steps.Count;
    }

    private static int Matched(IReadOnlyList<string> steps, string[] given)
    {
        // Templates put a plan or facts before the steps.
        int start = Math.Max(0, Array.IndexOf(given, steps[0])), right = 0;
        while (right < steps.Count && start + right < given.Length && given[start + right] == steps[right])
        {
            right++;
        }

        return right;
    }
}
