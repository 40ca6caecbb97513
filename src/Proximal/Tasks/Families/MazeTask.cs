using System.Text;
using Proximal.Tensors.Random;
using static System.FormattableString;

namespace Proximal.Tasks.Families;

/// <summary>
/// A square maze to cross from the top left to the bottom right with moves D, R, U, L. Any legal path counts; <see cref="PathQuality"/> gives success weighted by path length.
/// The dense credit is how much of the distance to the goal the legal part of the path has covered.
/// </summary>
public sealed class MazeTask(ProceduralOptions options) : ProceduralTask("maze", options, "0123456789S.#G/DRUL")
{
    private const double WallShare = 0.3;
    private const int MaximumMoves = 1024;
    private const string Moves = "DRUL";

    private static readonly int[] Sides = [3, 4, 5, 5, 6, 7];
    private static readonly int[] Detours = [0, 0, 0, 2, 2, 2];

    /// <summary>Success weighted by path length: shortest / max(length, shortest) for a right path, else 0.</summary>
    public double PathQuality(TaskInstance instance, Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        int shortest = MetadataOf<MazeMetadata>(instance).Shortest;
        return verdict.Correct ? shortest / (double)Math.Max(verdict.NormalizedAnswer.Length, shortest) : 0;
    }

    /// <inheritdoc/>
    private protected override ProceduralDraft? Draw(SuiteRandom random)
    {
        int side = Sides[Difficulty - 1], goal = (side * side) - 1;
        bool[] walls = new bool[side * side];
        for (int cell = 1; cell < goal; cell++)
        {
            walls[cell] = random.Double() < WallShare;
        }

        int[] distances = MazeSearch.DistancesFrom(0, side, walls);
        if (distances[goal] < (2 * (side - 1)) + Detours[Difficulty - 1])
        {
            return null;
        }

        string prompt = Render(side, walls), path = MazeSearch.ShortestPath(side, walls);
        return new ProceduralDraft($"maze|{prompt}", prompt, path, Trace(path, side)) { Metadata = new MazeMetadata(side, walls, path.Length) };
    }

    /// <inheritdoc/>
    private protected override Verdict Judge(TaskInstance instance, string answer, string? thought)
    {
        MazeMetadata maze = MetadataOf<MazeMetadata>(instance);
        if (answer.Length is 0 or > MaximumMoves || answer.AsSpan().ContainsAnyExcept(Moves))
        {
            return Verdict.Unreadable("the answer is not a path over D, R, U, L");
        }

        int cell = 0, goal = maze.Walls.Count - 1;
        bool legal = true;
        foreach (char move in answer)
        {
            int next = MazeSearch.Step(cell, Moves.IndexOf(move, StringComparison.Ordinal), maze.Side);
            legal = next >= 0 && !maze.Walls[next];
            if (!legal)
            {
                break;
            }

            cell = next;
        }

        int[] distances = MazeSearch.DistancesFrom(goal, maze.Side, maze.Walls);
        return Verdict.Of(legal && cell == goal, Math.Max(0, 1 - (distances[cell] / (double)distances[0])), answer);
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Concepts(TaskInstance instance) =>
        ["only D R U L", "# is a wall", "goal is bottom right", Invariant($"shortest length is {MetadataOf<MazeMetadata>(instance).Shortest}")];

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Plan(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return [.. instance.Answer.Select(move => move is 'D' or 'U' ? "v" : "h")];
    }

    private static string Render(int side, bool[] walls)
    {
        StringBuilder text = new();
        for (int cell = 0; cell < walls.Length; cell++)
        {
            text.Append(cell > 0 && cell % side == 0 ? "/" : "");
            text.Append(cell == 0 ? 'S' : cell == walls.Length - 1 ? 'G' : walls[cell] ? '#' : '.');
        }

        return text.ToString();
    }

    private static List<string> Trace(string path, int side)
    {
        List<string> steps = ["00"];
        int cell = 0;
        foreach (char move in path)
        {
            cell = MazeSearch.Step(cell, Moves.IndexOf(move, StringComparison.Ordinal), side);
            steps.Add(Invariant($"{move}{cell / side}{cell % side}"));
        }

        return steps;
    }
}
