namespace Proximal.Runs;

/// <summary>How far a run has come.</summary>
/// <param name="Stage">The stage that is going on.</param>
/// <param name="Step">Finished steps of that stage.</param>
public readonly record struct RunPosition(TrainingStage Stage, int Step) : IComparable<RunPosition>
{
    /// <summary>Whether a position comes before another.</summary>
    public static bool operator <(RunPosition left, RunPosition right) => left.CompareTo(right) < 0;

    /// <summary>Whether a position comes after another.</summary>
    public static bool operator >(RunPosition left, RunPosition right) => left.CompareTo(right) > 0;

    /// <summary>Whether a position does not come after another.</summary>
    public static bool operator <=(RunPosition left, RunPosition right) => left.CompareTo(right) <= 0;

    /// <summary>Whether a position does not come before another.</summary>
    public static bool operator >=(RunPosition left, RunPosition right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(RunPosition other) => Stage == other.Stage ? Step.CompareTo(other.Step) : Stage.CompareTo(other.Stage);
}
