namespace Proximal.Control.Environments.Combinatorial;

/// <summary>
/// Short tours by local search: 2-opt (Croes 1958) turns parts around, Or-opt (Or 1976) moves runs of up to three nodes, until neither helps. Turning a
/// part around is weighed with the distances in the other direction, so tours whose distances differ by direction are improved too.
/// </summary>
public static class TourImprovement
{
    private const double Least = 1e-12;

    /// <summary>The best of several searches from random tours; the tour begins at node 0.</summary>
    /// <param name="distances">The distances.</param>
    /// <param name="random">Source of the first tours.</param>
    /// <param name="restarts">Number of searches.</param>
    public static int[] Solve(Distances distances, ref EpisodeRandom random, int restarts = 20)
    {
        ArgumentNullException.ThrowIfNull(distances);
        ArgumentOutOfRangeException.ThrowIfLessThan(restarts, 1);
        int[] best = [];
        double shortest = double.PositiveInfinity;
        for (int i = 0; i < restarts; i++)
        {
            int[] tour = [.. Enumerable.Range(0, distances.Nodes)];
            random.Shuffle(tour.AsSpan(1));
            Improve(distances, tour);
            double length = distances.Length(tour, closed: true);
            (shortest, best) = length < shortest ? (length, tour) : (shortest, best);
        }

        return best;
    }

    /// <summary>Shortens a closed tour as long as a part can be turned around or a run moved; its first node stays.</summary>
    /// <param name="distances">The distances.</param>
    /// <param name="tour">Some of the nodes in order; changed in place.</param>
    public static void Improve(Distances distances, Span<int> tour)
    {
        ArgumentNullException.ThrowIfNull(distances);
        while (TurnAround(distances, tour) || MoveRun(distances, tour))
        {
        }
    }

    private static bool TurnAround(Distances distances, Span<int> tour)
    {
        bool improved = false;
        for (int start = 1; start < tour.Length - 1; start++)
        {
            double forward = 0, backward = 0;
            for (int end = start + 1; end < tour.Length; end++)
            {
                forward += distances[tour[end - 1], tour[end]];
                backward += distances[tour[end], tour[end - 1]];
                int before = tour[start - 1], after = tour[end + 1 == tour.Length ? 0 : end + 1];
                double change = distances[before, tour[end]] + backward + distances[tour[start], after] - distances[before, tour[start]] - forward - distances[tour[end], after];
                if (change < -Least)
                {
                    tour[start..(end + 1)].Reverse();
                    (forward, backward, improved) = (backward, forward, true);
                }
            }
        }

        return improved;
    }

    private static bool MoveRun(Distances distances, Span<int> tour)
    {
        for (int length = 1; length <= 3 && length < tour.Length - 1; length++)
        {
            for (int start = 1; start + length <= tour.Length; start++)
            {
                int first = tour[start], last = tour[start + length - 1];
                int before = tour[start - 1], after = tour[start + length == tour.Length ? 0 : start + length];
                double gain = distances[before, first] + distances[last, after] - distances[before, after];
                for (int place = 0; place < tour.Length; place++)
                {
                    if (place >= start - 1 && place < start + length)
                    {
                        continue;
                    }

                    int left = tour[place], right = tour[place + 1 == tour.Length ? 0 : place + 1];
                    if (distances[left, first] + distances[last, right] - distances[left, right] < gain - Least)
                    {
                        Move(tour, start, length, place);
                        return true;
                    }
                }
            }
        }

        return false;
    }

    /// <summary>Moves a run behind a place outside it.</summary>
    private static void Move(Span<int> tour, int start, int length, int place)
    {
        Span<int> run = stackalloc int[length];
        tour.Slice(start, length).CopyTo(run);
        if (place < start)
        {
            tour[(place + 1)..start].CopyTo(tour[(place + 1 + length)..]);
            run.CopyTo(tour[(place + 1)..]);
        }
        else
        {
            tour[(start + length)..(place + 1)].CopyTo(tour[start..]);
            run.CopyTo(tour[(place + 1 - length)..]);
        }
    }
}
