using Proximal.Tensors.Kernels;

namespace Proximal.Tensors.Operations;

/// <summary>c = op(a)·op(b) over the last two axes; I0 and I1 say which factors are transposed.</summary>
internal sealed unsafe class MatMulOperation : Operation
{
    public static MatMulOperation Instance { get; } = new();

    public static void Forward(CpuBackend backend, in MatMulSizes s, float* a, float* b, float* c)
    {
        if (s.SharesB && !s.TransposeA)
        {
            // The rows of all matrices meet one right factor: a single tall product.
            backend.MatMul(s.Batch * s.M, s.N, s.K, a, s.K, false, b, s.Ldb, s.TransposeB, c, s.N, accumulate: false);
        }
        else
        {
            backend.BatchedMatMul(
                s.Batch, s.M, s.N, s.K, a, s.Lda, s.TransposeA, s.StrideA, b, s.Ldb, s.TransposeB, s.StrideB, c, s.N, s.StrideC, accumulate: false);
        }
    }

    public override void Backward(Tape tape, in Node node)
    {
        Tensor a = node.A, b = node.B!;
        MatMulSizes sizes = new(a.Shape, b.Shape, node.I0 != 0, node.I1 != 0);
        float* dc = node.Output.GradientPointer;
        if (a.RequiresGradient)
        {
            GradientOfA(tape.Backend, in sizes, dc, b.Pointer, a);
        }

        if (b.RequiresGradient)
        {
            GradientOfB(tape.Backend, in sizes, dc, a.Pointer, b);
        }
    }

    // dop(a) = dc·op(b)ᵀ; a shared factor adds up over the batch, matrix after matrix.
    private static void GradientOfA(CpuBackend backend, in MatMulSizes s, float* dc, float* b, Tensor a)
    {
        float* da = Target(a, s.SharesA, out bool accumulate);
        (int calls, int batch) = s.SharesA ? (s.Batch, 1) : (1, s.Batch);
        for (int i = 0; i < calls; i++, dc += s.StrideC, b += s.StrideB)
        {
            if (s.TransposeA)
            {
                backend.BatchedMatMul(batch, s.K, s.M, s.N, b, s.Ldb, s.TransposeB, s.StrideB, dc, s.N, true, s.StrideC, da, s.M, s.StrideA, accumulate);
            }
            else
            {
                backend.BatchedMatMul(batch, s.M, s.K, s.N, dc, s.N, false, s.StrideC, b, s.Ldb, !s.TransposeB, s.StrideB, da, s.K, s.StrideA, accumulate);
            }
        }
    }

    // dop(b) = op(a)ᵀ·dc.
    private static void GradientOfB(CpuBackend backend, in MatMulSizes s, float* dc, float* a, Tensor b)
    {
        float* db = Target(b, s.SharesB, out bool accumulate);
        (int calls, int batch) = s.SharesB ? (s.Batch, 1) : (1, s.Batch);
        for (int i = 0; i < calls; i++, dc += s.StrideC, a += s.StrideA)
        {
            if (s.TransposeB)
            {
                backend.BatchedMatMul(batch, s.N, s.K, s.M, dc, s.N, true, s.StrideC, a, s.Lda, s.TransposeA, s.StrideA, db, s.K, s.StrideB, accumulate);
            }
            else
            {
                backend.BatchedMatMul(batch, s.K, s.N, s.M, a, s.Lda, !s.TransposeA, s.StrideA, dc, s.N, false, s.StrideC, db, s.N, s.StrideB, accumulate);
            }
        }
    }

    private static float* Target(Tensor tensor, bool shared, out bool accumulate)
    {
        if (shared)
        {
            accumulate = true;
            return tensor.GradientForAdding();
        }

        return tensor.GradientForWriting(out accumulate);
    }
}
