namespace Proximal.Control.Replay;

/// <summary>Where goals lie in the observations of an environment that is told its goal.</summary>
/// <param name="Width">Floats per goal.</param>
/// <param name="Achieved">Where the goal that the state has reached begins.</param>
/// <param name="Desired">Where the goal that is asked for begins.</param>
public readonly record struct GoalLayout(int Width, int Achieved, int Desired)
{
    /// <summary>The goal that a state has reached.</summary>
    public ReadOnlySpan<float> AchievedBy(ReadOnlySpan<float> observation) => observation.Slice(Achieved, Width);

    /// <summary>The goal that is asked for.</summary>
    public Span<float> DesiredIn(Span<float> observation) => observation.Slice(Desired, Width);
}
