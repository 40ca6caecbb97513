using System.Numerics;

namespace Proximal.Control.Environments.Combinatorial;

/// <summary>Shortest tours by dynamic programming over the sets of visited nodes (Bellman 1962, Held and Karp 1962): exact, for a few nodes.</summary>
public static class HeldKarp
{
    /// <summary>The most nodes.</summary>
    public const int MostNodes = 16;

    /// <summary>A shortest closed tour of all nodes, which begins at node 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are more than <see cref="MostNodes"/> nodes.</exception>
    public static int[] Solve(Distances distances)
    {
        ArgumentNullException.ThrowIfNull(distances);
        int nodes = distances.Nodes;
        OptionRange.Check(nameof(nodes), nodes, 1, MostNodes);
        double[] costs = Costs(distances, out sbyte[] parents);
        int all = (1 << nodes) - 1, last = 0;
        double best = double.PositiveInfinity;
        for (int node = nodes == 1 ? 0 : 1; node < nodes; node++)
        {
            double cost = costs[(all * nodes) + node] + distances[node, 0];
            (best, last) = cost < best ? (cost, node) : (best, last);
        }

        return Trace(parents, nodes, all, last);
    }

    /// <summary>The cheapest way from node 0 through a set of nodes (bits, with bit 0) to each of them, at set x nodes + node; infinity elsewhere.</summary>
    internal static double[] Costs(Distances distances, out sbyte[] parents)
    {
        int nodes = distances.Nodes;
        double[] costs = new double[nodes << nodes];
        parents = new sbyte[costs.Length];
        Array.Fill(costs, double.PositiveInfinity);
        costs[nodes] = 0;
        for (int set = 1; set < 1 << nodes; set += 2)
        {
            for (int last = 0; last < nodes; last++)
            {
                double cost = costs[(set * nodes) + last];
                if (double.IsPositiveInfinity(cost))
                {
                    continue;
                }

                for (int next = 1; next < nodes; next++)
                {
                    int at = ((set | (1 << next)) * nodes) + next;
                    double reached = cost + distances[last, next];
                    if ((set & (1 << next)) == 0 && reached < costs[at])
                    {
                        costs[at] = reached;
                        parents[at] = (sbyte)last;
                    }
                }
            }
        }

        return costs;
    }

    /// <summary>The nodes of a way from node 0 in order.</summary>
    internal static int[] Trace(sbyte[] parents, int nodes, int set, int last)
    {
        int[] tour = new int[BitOperations.PopCount((uint)set)];
        for (int i = tour.Length - 1; i > 0; i--)
        {
            tour[i] = last;
            int parent = parents[(set * nodes) + last];
            set &= ~(1 << last);
            last = parent;
        }

        return tour;
    }
}
