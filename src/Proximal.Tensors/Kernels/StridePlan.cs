namespace Proximal.Tensors.Kernels;

/// <summary>
/// How the elements of one or two operands line up with those of a contiguous output: a size and a step for each operand along every axis.
/// Axes along which all operands step together are merged, so that the innermost one is as long as it can be.
/// </summary>
internal unsafe struct StridePlan
{
    private fixed int sizes[Shape.MaximumRank];
    private fixed int left[Shape.MaximumRank];
    private fixed int right[Shape.MaximumRank];

    public int Rank { get; private set; }

    /// <summary>Size of the innermost axis.</summary>
    public readonly int Inner => sizes[Rank - 1];

    /// <summary>Number of innermost rows.</summary>
    public readonly int Rows
    {
        get
        {
            int rows = 1;
            for (int axis = 0; axis < Rank - 1; axis++)
            {
                rows *= sizes[axis];
            }

            return rows;
        }
    }

    public readonly int InnerLeft => left[Rank - 1];

    public readonly int InnerRight => right[Rank - 1];

    /// <summary>Operands of other shapes, repeated along axes where their size is 1 or that they lack.</summary>
    public static StridePlan Broadcast(Shape output, Shape leftShape, Shape rightShape)
    {
        StridePlan plan = default;
        int* leftSteps = stackalloc int[Shape.MaximumRank];
        int* rightSteps = stackalloc int[Shape.MaximumRank];
        BroadcastSteps(output, leftShape, leftSteps);
        BroadcastSteps(output, rightShape, rightSteps);
        for (int axis = 0; axis < output.Rank; axis++)
        {
            plan.Add(output[axis], leftSteps[axis], rightSteps[axis]);
        }

        return plan.Closed();
    }

    /// <summary>One operand with its axes in another order: axis k of the output is axis <c>order[k]</c> of the input.</summary>
    public static StridePlan Permuted(Shape input, ReadOnlySpan<int> order)
    {
        StridePlan plan = default;
        for (int axis = 0; axis < order.Length; axis++)
        {
            int step = input.Product(order[axis] + 1, input.Rank);
            plan.Add(input[order[axis]], step, step);
        }

        return plan.Closed();
    }

    public readonly int Size(int axis) => sizes[axis];

    public readonly int Left(int axis) => left[axis];

    /// <summary>Where the operands of an innermost row begin.</summary>
    public readonly void Offsets(int row, out int leftOffset, out int rightOffset)
    {
        leftOffset = 0;
        rightOffset = 0;
        for (int axis = Rank - 2; axis >= 0; axis--)
        {
            (row, int index) = Math.DivRem(row, sizes[axis]);
            leftOffset += index * left[axis];
            rightOffset += index * right[axis];
        }
    }

    private static void BroadcastSteps(Shape output, Shape input, int* steps)
    {
        int step = 1;
        for (int axis = output.Rank - 1, from = input.Rank - 1; axis >= 0; axis--, from--)
        {
            int size = from >= 0 ? input[from] : 1;
            steps[axis] = size == 1 ? 0 : step;
            step *= size;
        }
    }

    private void Add(int size, int leftStep, int rightStep)
    {
        if (size == 1)
        {
            return;
        }

        if (Rank > 0 && left[Rank - 1] == leftStep * size && right[Rank - 1] == rightStep * size)
        {
            sizes[Rank - 1] *= size;
            left[Rank - 1] = leftStep;
            right[Rank - 1] = rightStep;
            return;
        }

        sizes[Rank] = size;
        left[Rank] = leftStep;
        right[Rank] = rightStep;
        Rank++;
    }

    private readonly StridePlan Closed()
    {
        StridePlan plan = this;
        if (plan.Rank == 0)
        {
            plan.sizes[0] = 1;
            plan.left[0] = 1;
            plan.right[0] = 1;
            plan.Rank = 1;
        }

        return plan;
    }
}
