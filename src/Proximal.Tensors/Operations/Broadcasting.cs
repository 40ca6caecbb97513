namespace Proximal.Tensors.Operations;

/// <summary>The rule by which shapes combine: aligned at the innermost axis, equal sizes or 1.</summary>
internal static class Broadcasting
{
    /// <exception cref="ArgumentException">The shapes do not combine.</exception>
    public static Shape Result(Shape left, Shape right)
    {
        if (left == right)
        {
            return left;
        }

        int rank = Math.Max(left.Rank, right.Rank);
        Span<int> sizes = stackalloc int[Shape.MaximumRank];
        for (int back = 1; back <= rank; back++)
        {
            int a = back <= left.Rank ? left[-back] : 1, b = back <= right.Rank ? right[-back] : 1;
            sizes[rank - back] = a == b || b == 1 ? a : a == 1 ? b : throw new ArgumentException($"Shapes {left} and {right} do not combine.");
        }

        return new Shape(sizes[..rank]);
    }
}
