namespace Proximal.Control.Environments.Combinatorial;

/// <summary>
/// Routes of vehicles by savings (Clarke and Wright 1964): at first every customer has a route of his own, then routes are joined in the order of what
/// that saves, d(i,0) + d(0,j) - d(i,j), as long as the load fits; each route is then shortened by local search.
/// </summary>
public static class SavingsSolver
{
    /// <summary>Routes that serve all customers.</summary>
    /// <param name="distances">Distances the same in both directions; node 0 is the depot.</param>
    /// <param name="demands">Demand of every node, 0 for the depot [nodes].</param>
    /// <param name="capacity">The most that a vehicle carries.</param>
    /// <returns>The customers of every route in order, without the depot.</returns>
    /// <exception cref="ArgumentException">The numbers of nodes differ, or a demand exceeds the capacity.</exception>
    public static List<int[]> Solve(Distances distances, ReadOnlySpan<int> demands, int capacity)
    {
        ArgumentNullException.ThrowIfNull(distances);
        if (demands.Length != distances.Nodes || demands.IndexOfAnyExceptInRange(0, capacity) >= 0)
        {
            throw new ArgumentException($"Each of {distances.Nodes} nodes has a demand from 0 to {capacity}.", nameof(demands));
        }

        List<int>[] routes = [.. Enumerable.Range(0, distances.Nodes).Select(node => new List<int> { node })];
        int[] loads = demands.ToArray();
        foreach ((int i, int j) in Savings(distances))
        {
            (List<int> first, List<int> second) = (routes[i], routes[j]);
            int load = loads[first[0]] + loads[second[0]];
            bool atEnds = (first[0] == i || first[^1] == i) && (second[0] == j || second[^1] == j);
            if (ReferenceEquals(first, second) || !atEnds || load > capacity)
            {
                continue;
            }

            if (first[^1] != i)
            {
                first.Reverse();
            }

            if (second[0] != j)
            {
                second.Reverse();
            }

            first.AddRange(second);
            foreach (int node in second)
            {
                routes[node] = first;
            }

            foreach (int node in first)
            {
                loads[node] = load;
            }
        }

        return [.. routes.Skip(1).Distinct().Select(route => Shorten(distances, route))];
    }

    private static IEnumerable<(int I, int J)> Savings(Distances distances)
    {
        List<(double Saving, int I, int J)> savings = [];
        for (int i = 1; i < distances.Nodes; i++)
        {
            for (int j = i + 1; j < distances.Nodes; j++)
            {
                savings.Add((distances[i, 0] + distances[0, j] - distances[i, j], i, j));
            }
        }

        return savings.OrderByDescending(entry => entry.Saving).Select(entry => (entry.I, entry.J));
    }

    private static int[] Shorten(Distances distances, List<int> route)
    {
        int[] tour = [0, .. route];
        TourImprovement.Improve(distances, tour);
        return tour[1..];
    }
}
