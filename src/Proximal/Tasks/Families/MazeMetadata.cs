namespace Proximal.Tasks.Families;

/// <summary>A maze.</summary>
/// <param name="Side">Cells per side.</param>
/// <param name="Walls">Which cells are walls, row by row.</param>
/// <param name="Shortest">Length of a shortest path.</param>
public sealed record MazeMetadata(int Side, IReadOnlyList<bool> Walls, int Shortest) : TaskMetadata;
