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

    /// <summary>The share of the gold steps that a chain of thought begins with.</summary>
    public static double StepsRight(IReadOnlyList<string> steps, string thought)
    {
        string[] given = thought.Split(';', steps.Count + 1);
        int right = 0;
        while (right < steps.Count && right < given.Length && given[right] == steps[right])
        {
            right++;
        }

        return right / (double)steps.Count;
    }
}
