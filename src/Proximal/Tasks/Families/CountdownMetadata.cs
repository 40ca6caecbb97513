namespace Proximal.Tasks.Families;

/// <summary>A Countdown problem.</summary>
/// <param name="Numbers">The numbers in the order of the prompt.</param>
/// <param name="Target">The number to reach.</param>
/// <param name="Solvable">Whether a solution exists; can be false in raw mode only.</param>
public sealed record CountdownMetadata(IReadOnlyList<int> Numbers, int Target, bool Solvable) : TaskMetadata;
