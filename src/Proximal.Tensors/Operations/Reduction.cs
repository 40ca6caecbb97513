namespace Proximal.Tensors.Operations;

/// <summary>Sums that forward and backward passes share.</summary>
internal static unsafe class Reduction
{
    /// <summary>y [outer, inner] (+)= scale times the sum over the middle axis of x [outer, length, inner].</summary>
    public static void Sum(Tape tape, float* x, float* y, int outer, int length, int inner, float scale, bool accumulate)
    {
        if (inner == 1)
        {
            float* scratch = tape.RentFloats(Kernels.CpuBackend.SumRowsScratch(outer, length));
            tape.Backend.SumRows(x, y, outer, length, scale, accumulate, scratch);
        }
        else
        {
            tape.Backend.SumColumns(x, y, outer, length, inner, scale, accumulate);
        }
    }

    /// <summary>Adds a gradient of a larger shape to that of a tensor which was repeated to this shape.</summary>
    public static void SumTo(Tape tape, float* source, Shape shape, Tensor target)
    {
        float* gradient = target.GradientForWriting(out bool accumulate);
        int reducedGroups = 0;
        for (int axis = shape.Rank - 1; axis >= 0;)
        {
            int end = axis + 1;
            bool reduced = IsRepeated(shape, axis, target.Shape);
            while (axis >= 0 && IsRepeated(shape, axis, target.Shape) == reduced)
            {
                axis--;
            }

            reducedGroups += reduced && shape.Product(axis + 1, end) != 1 ? 1 : 0;
        }

        if (reducedGroups == 0)
        {
            tape.Backend.Copy(source, gradient, target.Length, accumulate);
            return;
        }

        int inner = 1;
        for (int axis = shape.Rank - 1; reducedGroups > 0;)
        {
            int end = axis + 1;
            bool reduced = IsRepeated(shape, axis, target.Shape);
            while (axis >= 0 && IsRepeated(shape, axis, target.Shape) == reduced)
            {
                axis--;
            }

            int length = shape.Product(axis + 1, end);
            if (!reduced)
            {
                inner *= length;
            }
            else if (length != 1)
            {
                int outer = shape.Product(0, axis + 1);
                bool last = --reducedGroups == 0;
                float* to = last ? gradient : tape.RentFloats((long)outer * inner);
                Sum(tape, source, to, outer, length, inner, 1, last && accumulate);
                source = to;
            }
        }
    }

    private static bool IsRepeated(Shape shape, int axis, Shape target)
    {
        int from = axis - shape.Rank + target.Rank;
        return from < 0 || (target[from] == 1 && shape[axis] != 1);
    }
}
