namespace Proximal.Tensors.Operations;

/// <summary>The sizes of a batch of matrix products op(a)·op(b), read off the shapes of the factors.</summary>
internal readonly struct MatMulSizes
{
    /// <summary>Reads and checks the shapes.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit together.</exception>
    public MatMulSizes(Shape a, Shape b, bool transposeA, bool transposeB)
    {
        if (a.Rank < 2 || b.Rank < 2)
        {
            throw new ArgumentException($"A matrix product takes tensors of at least two axes, not {a} and {b}.");
        }

        (M, K) = transposeA ? (a[-1], a[-2]) : (a[-2], a[-1]);
        (int depth, N) = transposeB ? (b[-1], b[-2]) : (b[-2], b[-1]);
        int batchA = a.Product(0, a.Rank - 2), batchB = b.Product(0, b.Rank - 2);
        bool same = SameLeadingAxes(a, b);
        if (K != depth || !(same || batchA == 1 || batchB == 1))
        {
            string left = transposeA ? $"{a} (transposed)" : $"{a}", right = transposeB ? $"{b} (transposed)" : $"{b}";
            throw new ArgumentException($"The factors {left} and {right} do not fit: [..., m, k] and [..., k, n], leading axes equal or on one side only.");
        }

        TransposeA = transposeA;
        TransposeB = transposeB;
        Batch = batchA == 1 ? batchB : batchA;
        SharesA = batchA == 1 && Batch != 1;
        SharesB = batchB == 1 && Batch != 1;
        StrideA = SharesA ? 0 : (nint)M * K;
        StrideB = SharesB ? 0 : (nint)K * N;

        // Of two factors with one matrix each, or with the same axes, the one with more axes names the result.
        Shape leading = SharesA || (!SharesB && b.Rank > a.Rank) ? b : a;
        Output = leading.With(-2, M).With(-1, N);
    }

    public int M { get; }

    public int N { get; }

    public int K { get; }

    public bool TransposeA { get; }

    public bool TransposeB { get; }

    /// <summary>Number of matrices of the result.</summary>
    public int Batch { get; }

    /// <summary>Whether all products have one left factor.</summary>
    public bool SharesA { get; }

    /// <summary>Whether all products have one right factor.</summary>
    public bool SharesB { get; }

    public nint StrideA { get; }

    public nint StrideB { get; }

    public nint StrideC => (nint)M * N;

    /// <summary>Floats from one row of a in memory to the next.</summary>
    public int Lda => TransposeA ? M : K;

    /// <summary>Floats from one row of b in memory to the next.</summary>
    public int Ldb => TransposeB ? K : N;

    /// <summary>The shape of the result.</summary>
    public Shape Output { get; }

    private static bool SameLeadingAxes(Shape a, Shape b)
    {
        if (a.Rank != b.Rank)
        {
            return false;
        }

        for (int axis = 0; axis < a.Rank - 2; axis++)
        {
            if (a[axis] != b[axis])
            {
                return false;
            }
        }

        return true;
    }
}
