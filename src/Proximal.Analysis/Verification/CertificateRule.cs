using Proximal.Analysis.Trees;

namespace Proximal.Analysis.Verification;

/// <summary>What should probably hold one step later: over inputs that satisfy the conditions, the next ones satisfy all of these comparisons.</summary>
/// <param name="When">Conditions on the values of an input; none for every input.</param>
/// <param name="Holds">Comparisons of values of the next input, at least one.</param>
public sealed record CertificateRule(IReadOnlyList<Precondition> When, IReadOnlyList<Precondition> Holds)
{
    /// <summary>Whether the rule is about an input.</summary>
    /// <param name="input">[features].</param>
    public bool IsAbout(ReadOnlySpan<float> input) => AllHold(When, input);

    /// <summary>Whether an input is as it should be after a step.</summary>
    /// <param name="next">[features].</param>
    public bool IsMet(ReadOnlySpan<float> next) => AllHold(Holds, next);

    private static bool AllHold(IReadOnlyList<Precondition> conditions, ReadOnlySpan<float> input)
    {
        foreach (Precondition condition in conditions)
        {
            if (!condition.HoldsFor(input))
            {
                return false;
            }
        }

        return true;
    }
}
