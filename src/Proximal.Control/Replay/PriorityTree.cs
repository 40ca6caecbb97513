using System.Numerics;
using Proximal.Control.State;

namespace Proximal.Control.Replay;

/// <summary>Sum and minimum of the priorities of places 0..capacity-1 in two binary trees: a change or a search takes log2(capacity) steps.</summary>
internal sealed class PriorityTree
{
    /// <summary>The trees have twice as many nodes, rounded up to a power of 2.</summary>
    public const int LargestCapacity = 1 << 29;

    private readonly int leaves;
    private readonly double[] sums;
    private readonly double[] minima;

    public PriorityTree(int capacity)
    {
        leaves = (int)BitOperations.RoundUpToPowerOf2((uint)capacity);
        sums = new double[2 * leaves];
        minima = new double[2 * leaves];
        Array.Fill(minima, double.PositiveInfinity);
    }

    public double Sum => sums[1];

    /// <summary>The smallest priority that was set.</summary>
    public double Minimum => minima[1];

    public double this[int place]
    {
        get => sums[leaves + place];
        set
        {
            int node = leaves + place;
            sums[node] = value;
            minima[node] = value;
            for (node >>= 1; node > 0; node >>= 1)
            {
                Join(node);
            }
        }
    }

    /// <summary>The first place at which the running sum of priorities exceeds the mass.</summary>
    public int Find(double mass)
    {
        int node = 1;
        while (node < leaves)
        {
            node *= 2;

            // Rounding must not lead into a branch without priorities.
            if (mass >= sums[node] && sums[node + 1] > 0)
            {
                mass -= sums[node];
                node++;
            }
        }

        return node - leaves;
    }

    /// <summary>Carries the priorities of the first places.</summary>
    public void Transfer(StateTransfer state, int count)
    {
        state.Values(sums.AsSpan(leaves, count));
        if (state.Reading)
        {
            sums.AsSpan(leaves, count).CopyTo(minima.AsSpan(leaves));
            sums.AsSpan(leaves + count).Clear();
            minima.AsSpan(leaves + count).Fill(double.PositiveInfinity);
            for (int node = leaves - 1; node > 0; node--)
            {
                Join(node);
            }
        }
    }

    private void Join(int node)
    {
        sums[node] = sums[2 * node] + sums[(2 * node) + 1];
        minima[node] = Math.Min(minima[2 * node], minima[(2 * node) + 1]);
    }
}
