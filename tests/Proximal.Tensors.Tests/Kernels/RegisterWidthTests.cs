using Proximal.Tensors.Kernels;
using Proximal.Tensors.Tests.Operations;

namespace Proximal.Tensors.Tests.Kernels;

public sealed unsafe class RegisterWidthTests
{
    private const int Rows = 5;
    private const int Columns = 83;

    [Fact]
    public void Elementwise_kernels_give_the_same_bits_in_registers_of_any_width()
    {
        Unary<UnaryKernels.Exponential>();
        Unary<UnaryKernels.Logarithm>();
        Unary<UnaryKernels.ReciprocalSquareRoot>();
        Unary<UnaryKernels.Power>();
        Unary<UnaryKernels.Clamp>();
        Unary<UnaryKernels.Elu>();
        Unary<UnaryKernels.Gelu>();
        Unary<UnaryKernels.GeluTanh>();
        Unary<UnaryKernels.Silu>();
        Unary<UnaryKernels.Mish>();
        Binary<BinaryKernels.Divide>();
        Binary<BinaryKernels.Power>();
        Binary<BinaryKernels.Maximum>();
    }

    [Fact]
    public void Row_kernels_give_the_same_bits_in_registers_of_any_width()
    {
        AssertSame((backend, x, y) => backend.SumRows((float*)x, (float*)y, Rows, Columns, 1, false, null));
        AssertSame((backend, x, y) => backend.SumColumns((float*)x, (float*)y, 1, Rows, Columns, 1, false));
        AssertSame((backend, x, y) => backend.Softmax((float*)x, (float*)y, Rows, Columns));
        AssertSame((backend, x, y) => backend.LogSoftmax((float*)x, (float*)y, Rows, Columns));
        AssertSame((backend, x, y) => backend.CumulativeSum((float*)x, (float*)y, 1, Rows, Columns, false, false));
        AssertSame((backend, x, y) =>
        {
            float* statistics = stackalloc float[2 * Rows];
            backend.LayerNorm((float*)x, null, null, (float*)y, statistics, Rows, Columns, 1e-5f);
        });
    }

    [Fact]
    public void Steps_of_optimizers_give_the_same_bits_in_registers_of_any_width()
    {
        AdamStep adam = new()
        {
            Beta1 = 0.9f,
            Beta2 = 0.999f,
            OneMinusBeta1 = 0.1f,
            OneMinusBeta2 = 0.001f,
            Epsilon = 1e-8f,
            StepSize = 0.01f,
            SecondMomentScale = 1000,
            WeightFactor = 0.99f,
        };
        LionStep lion = new() { Beta1 = 0.9f, Beta2 = 0.99f, OneMinusBeta1 = 0.1f, OneMinusBeta2 = 0.01f, LearningRate = 0.01f, WeightFactor = 0.99f };
        AssertSame((backend, x, y) =>
        {
            float* state = stackalloc float[2 * Rows * Columns];
            new Span<float>(state, 2 * Rows * Columns).Clear();
            backend.AdamStep((float*)y, (float*)x, state, state + (Rows * Columns), Rows * Columns, in adam);
            backend.LionStep((float*)y, (float*)x, state, Rows * Columns, in lion);
            backend.SgdStep((float*)y, (float*)x, state, Rows * Columns, 0.1f, 0.9f, 0.01f, true);
        });
    }

    private static void Unary<TKernel>()
        where TKernel : struct, IUnaryKernel
    {
        AssertSame((backend, x, y) => backend.Unary<TKernel>((float*)x, (float*)y, Rows * Columns, 0.5f, 2));
        AssertSame((backend, x, y) => backend.UnaryGradient<TKernel>((float*)x, (float*)x, (float*)x, (float*)y, Rows * Columns, 0.5f, 2, true));
    }

    private static void Binary<TKernel>()
        where TKernel : struct, IBinaryKernel =>
        AssertSame((backend, x, y) =>
        {
            StridePlan plan = StridePlan.Broadcast(new Shape(Rows, Columns), new Shape(Rows, Columns), new Shape(Columns));
            backend.Binary<TKernel>((float*)x, (float*)x, (float*)y, in plan);
        });

    private static void AssertSame(Action<CpuBackend, nint, nint> kernel)
    {
        float[] input = Doubles.Random(1, 0.1, 3, Rows * Columns).ToFloats();
        float[]? first = null;
        foreach (InstructionSet set in Enum.GetValues<InstructionSet>())
        {
            float[] output = Doubles.Random(2, -1, 1, Rows * Columns).ToFloats();
            fixed (float* x = input, y = output)
            {
                kernel(new CpuBackend(Workers.Shared) { InstructionSet = set }, (nint)x, (nint)y);
            }

            first ??= output;
            Assert.Equal(first, output);
        }
    }
}
