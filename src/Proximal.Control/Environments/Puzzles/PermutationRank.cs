using System.Numerics;

namespace Proximal.Control.Environments.Puzzles;

/// <summary>Numbers of permutations in lexicographic order.</summary>
internal static class PermutationRank
{
    /// <summary>The number of a permutation of 0..n-1, n at most 12.</summary>
    public static int Of(ReadOnlySpan<byte> permutation)
    {
        int rank = 0;
        uint seen = 0;
        for (int i = 0; i < permutation.Length; i++)
        {
            int smallerLeft = permutation[i] - BitOperations.PopCount(seen & ((1u << permutation[i]) - 1));
            rank = (rank * (permutation.Length - i)) + smallerLeft;
            seen |= 1u << permutation[i];
        }

        return rank;
    }

    /// <summary>Writes the permutation of a number.</summary>
    public static void Write(int rank, Span<byte> permutation)
    {
        for (int i = permutation.Length - 1; i >= 0; i--)
        {
            int size = permutation.Length - i;
            permutation[i] = (byte)(rank % size);
            rank /= size;
            for (int j = i + 1; j < permutation.Length; j++)
            {
                permutation[j] += permutation[j] >= permutation[i] ? (byte)1 : (byte)0;
            }
        }
    }
}
