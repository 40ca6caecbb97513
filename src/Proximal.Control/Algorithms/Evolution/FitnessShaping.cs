namespace Proximal.Control.Algorithms.Evolution;

/// <summary>Functions of the returns of a population.</summary>
public static class FitnessShaping
{
    /// <summary>
    /// Centred ranks: the smallest return becomes -0.5, the largest 0.5, the others lie evenly between; equal returns share the mean of their
    /// ranks. No monotone change of the returns changes them (Wierstra et al. 2014; Salimans et al. 2017).
    /// </summary>
    /// <param name="fitness">Returns.</param>
    /// <param name="utilities">Receives as many utilities; they sum to 0.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void CentredRanks(ReadOnlySpan<double> fitness, Span<double> utilities)
    {
        if (utilities.Length != fitness.Length)
        {
            throw new ArgumentException($"{fitness.Length} returns have {fitness.Length} utilities, not {utilities.Length}.", nameof(utilities));
        }

        int[] order = Order(fitness);
        for (int first = 0; first < order.Length;)
        {
            int last = first;
            while (last + 1 < order.Length && fitness[order[last + 1]] == fitness[order[first]])
            {
                last++;
            }

            for (int i = first; i <= last; i++)
            {
                utilities[order[i]] = order.Length == 1 ? 0 : ((first + last) / 2.0 / (order.Length - 1)) - 0.5;
            }

            first = last + 1;
        }
    }

    /// <summary>Indices from the smallest to the largest return; equal ones in their order.</summary>
    internal static int[] Order(ReadOnlySpan<double> fitness)
    {
        int[] order = [.. Enumerable.Range(0, fitness.Length)];
        double[] keys = fitness.ToArray();
        Array.Sort(order, (a, b) => keys[a] != keys[b] ? keys[a].CompareTo(keys[b]) : a.CompareTo(b));
        return order;
    }
}
