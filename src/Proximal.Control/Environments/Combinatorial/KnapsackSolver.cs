namespace Proximal.Control.Environments.Combinatorial;

/// <summary>The most valuable items within a capacity, by dynamic programming over weights that are rounded up to thousandths.</summary>
public static class KnapsackSolver
{
    private const int Scale = 1000;

    /// <summary>The items to take, in order.</summary>
    /// <param name="weights">Weights, not negative [items].</param>
    /// <param name="values">Values, not negative [items].</param>
    /// <param name="capacity">The most weight, up to 10,000.</param>
    /// <exception cref="ArgumentException">The numbers of weights and values differ.</exception>
    public static int[] Solve(ReadOnlySpan<double> weights, ReadOnlySpan<double> values, double capacity)
    {
        OptionRange.Check(nameof(capacity), capacity, 0, 10_000);
        if (weights.Length != values.Length)
        {
            throw new ArgumentException($"{weights.Length} weights and {values.Length} values do not go together.", nameof(values));
        }

        int room = (int)Math.Floor((capacity * Scale) + 1e-9);
        double[] best = new double[room + 1];
        bool[] taken = new bool[checked(weights.Length * (room + 1))];
        for (int item = 0; item < weights.Length; item++)
        {
            int weight = Rounded(weights[item]);
            for (int left = room; left >= weight; left--)
            {
                double with = best[left - weight] + values[item];
                if (with > best[left])
                {
                    best[left] = with;
                    taken[(item * (room + 1)) + left] = true;
                }
            }
        }

        List<int> items = [];
        for (int item = weights.Length - 1, left = room; item >= 0; item--)
        {
            if (taken[(item * (room + 1)) + left])
            {
                items.Add(item);
                left -= Rounded(weights[item]);
            }
        }

        items.Reverse();
        return [.. items];
    }

    private static int Rounded(double weight) => (int)Math.Ceiling((weight * Scale) - 1e-9);
}
