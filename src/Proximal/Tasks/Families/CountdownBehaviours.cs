namespace Proximal.Tasks.Families;

/// <summary>Cognitive behaviours of a search (Gandhi et al. 2025).</summary>
[Flags]
public enum CountdownBehaviours
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>A failed attempt is noticed: <c>29 is not 24</c>.</summary>
    Verification = 1,

    /// <summary>A failed attempt is given up aloud: <c>try again</c>.</summary>
    Backtracking = 2,

    /// <summary>The number that the last operation needs is announced: <c>aim 21</c>.</summary>
    Subgoal = 4,

    /// <summary>The last operation is inverted: <c>29-8=21</c>.</summary>
    BackwardChaining = 8,
}
