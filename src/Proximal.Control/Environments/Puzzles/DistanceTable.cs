namespace Proximal.Control.Environments.Puzzles;

/// <summary>The fewest moves from every state of a puzzle to its goal, found once from the goal outwards.</summary>
public sealed class DistanceTable
{
    /// <summary>What states have that cannot be reached.</summary>
    public const byte Unreachable = 255;

    private readonly byte[] distances;
    private readonly int[] counts;

    internal DistanceTable(int states, int goal, Action<int, List<int>> expand)
    {
        distances = new byte[states];
        Array.Fill(distances, Unreachable);
        distances[goal] = 0;
        List<int> frontier = [goal], next = [], neighbors = [], found = [1];
        for (byte depth = 1; frontier.Count > 0; depth++)
        {
            next.Clear();
            foreach (int state in frontier)
            {
                neighbors.Clear();
                expand(state, neighbors);
                foreach (int neighbor in neighbors)
                {
                    if (distances[neighbor] == Unreachable)
                    {
                        distances[neighbor] = depth;
                        next.Add(neighbor);
                    }
                }
            }

            (frontier, next) = (next, frontier);
            if (frontier.Count > 0)
            {
                found.Add(frontier.Count);
            }
        }

        counts = [.. found];
    }

    /// <summary>The fewest moves from a state to the goal.</summary>
    /// <param name="state">Number of the state.</param>
    public byte this[int state] => distances[state];

    /// <summary>The largest distance.</summary>
    public int Depth => counts.Length - 1;

    /// <summary>States at each distance.</summary>
    public ReadOnlySpan<int> Counts => counts;

    /// <summary>States that can be reached.</summary>
    public int Reachable => counts.Sum();

    /// <summary>Mean distance of the states that can be reached.</summary>
    public double MeanDistance
    {
        get
        {
            double sum = 0;
            for (int depth = 0; depth < counts.Length; depth++)
            {
                sum += (double)depth * counts[depth];
            }

            return sum / Reachable;
        }
    }
}
