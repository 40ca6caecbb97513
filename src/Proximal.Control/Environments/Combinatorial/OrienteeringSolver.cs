namespace Proximal.Control.Environments.Combinatorial;

/// <summary>Tours from a depot and back within a length that collect the most: exact for a few nodes, by insertion and local search for more.</summary>
public static class OrienteeringSolver
{
    /// <summary>The nodes of a tour in order, the depot 0 first.</summary>
    /// <param name="distances">The distances.</param>
    /// <param name="prizes">Prize of every node, 0 for the depot [nodes].</param>
    /// <param name="budget">The most length, the way back included.</param>
    /// <exception cref="ArgumentException">The numbers of nodes differ.</exception>
    public static int[] Solve(Distances distances, ReadOnlySpan<double> prizes, double budget)
    {
        ArgumentNullException.ThrowIfNull(distances);
        if (prizes.Length != distances.Nodes)
        {
            throw new ArgumentException($"{distances.Nodes} nodes have as many prizes, not {prizes.Length}.", nameof(prizes));
        }

        return distances.Nodes <= 13 ? SolveExactly(distances, prizes, budget) : Insert(distances, prizes, budget);
    }

    private static int[] SolveExactly(Distances distances, ReadOnlySpan<double> prizes, double budget)
    {
        int nodes = distances.Nodes, bestSet = 1, bestLast = 0;
        double[] costs = HeldKarp.Costs(distances, out sbyte[] parents);
        double most = 0, shortest = 0;
        for (int set = 1; set < 1 << nodes; set += 2)
        {
            double prize = 0;
            for (int node = 1; node < nodes; node++)
            {
                prize += (set >> node & 1) * prizes[node];
            }

            for (int last = 0; last < nodes; last++)
            {
                double length = costs[(set * nodes) + last] + distances[last, 0];
                if (length <= budget + 1e-9 && (prize > most || (prize == most && length < shortest)))
                {
                    (most, shortest, bestSet, bestLast) = (prize, length, set, last);
                }
            }
        }

        return HeldKarp.Trace(parents, nodes, bestSet, bestLast);
    }

    /// <summary>Inserts the node with the most prize for its detour as long as one fits, shortens the tour, and tries again with what was saved.</summary>
    private static int[] Insert(Distances distances, ReadOnlySpan<double> prizes, double budget)
    {
        List<int> tour = [0];
        while (true)
        {
            double length = distances.Length([.. tour], closed: true), best = 0;
            (int bestNode, int bestPlace) = (-1, 0);
            for (int node = 1; node < distances.Nodes; node++)
            {
                if (tour.Contains(node))
                {
                    continue;
                }

                for (int place = 0; place < tour.Count; place++)
                {
                    int left = tour[place], right = tour[(place + 1) % tour.Count];
                    double detour = distances[left, node] + distances[node, right] - distances[left, right];
                    double worth = prizes[node] / Math.Max(detour, 1e-9);
                    if (length + detour <= budget + 1e-9 && worth > best)
                    {
                        (best, bestNode, bestPlace) = (worth, node, place);
                    }
                }
            }

            if (bestNode < 0)
            {
                return [.. tour];
            }

            tour.Insert(bestPlace + 1, bestNode);
            int[] shortened = [.. tour];
            TourImprovement.Improve(distances, shortened);
            tour = [.. shortened];
        }
    }
}
