using Proximal.Tensors.Kernels.Lanes;

namespace Proximal.Tensors.Tests.Kernels;

public sealed unsafe class LanesTests
{
    private static readonly float[] Samples = MakeSamples();

    [Fact]
    public void Exp_is_within_one_and_a_half_units_of_the_last_place() =>
        AssertClose(Map<Lanes128>(Samples, &LaneMath.Exp), Math.Exp, 1.5);

    [Fact]
    public void Log_is_within_two_units_of_the_last_place() =>
        AssertClose(Map<Lanes128>(Samples, &LaneMath.Log), Math.Log, 2);

    [Fact]
    public void Tanh_is_within_two_units_of_the_last_place() =>
        AssertClose(Map<Lanes128>(Samples, &LaneMath.Tanh), Math.Tanh, 2);

    [Fact]
    public void Sigmoid_is_within_three_units_of_the_last_place() =>
        AssertClose(Map<Lanes128>(Samples, &LaneMath.Sigmoid), x => x < -85 ? double.NaN : 1 / (1 + Math.Exp(-x)), 3);

    [Fact]
    public void Functions_keep_their_limits()
    {
        float[] limits = [float.NegativeInfinity, float.PositiveInfinity, float.NaN, 0f, -0f, -1f, 200f, -200f];
        Assert.Equal([0f, float.PositiveInfinity, float.NaN, 1f, 1f, MathF.Exp(-1), float.PositiveInfinity, 0f], Map<Lanes256>(limits, &LaneMath.Exp));
        Assert.Equal(
            [float.NaN, float.PositiveInfinity, float.NaN, float.NegativeInfinity, float.NegativeInfinity, float.NaN, MathF.Log(200), float.NaN],
            Map<Lanes256>(limits, &LaneMath.Log));
        Assert.Equal([-1f, 1f, float.NaN, 0f, 0f, MathF.Tanh(-1), 1f, -1f], Map<Lanes256>(limits, &LaneMath.Tanh));
    }

    [Fact]
    public void Every_lane_set_gives_the_same_bits()
    {
        AssertSame(Map<Lanes128>(Samples, &LaneMath.Exp), Map<Lanes256>(Samples, &LaneMath.Exp), Map<Lanes512>(Samples, &LaneMath.Exp));
        AssertSame(Map<Lanes128>(Samples, &LaneMath.Log), Map<Lanes256>(Samples, &LaneMath.Log), Map<Lanes512>(Samples, &LaneMath.Log));
        AssertSame(Map<Lanes128>(Samples, &LaneMath.Tanh), Map<Lanes256>(Samples, &LaneMath.Tanh), Map<Lanes512>(Samples, &LaneMath.Tanh));
        AssertSame(Map<Lanes128>(Samples, &LaneMath.Silu), Map<Lanes256>(Samples, &LaneMath.Silu), Map<Lanes512>(Samples, &LaneMath.Silu));
        float[] values = [1e8f, 3f, -1e8f, 0.1f, 7f, -2.5f, 1e-3f, 11f, 0.3f, 1e7f, 5f, -1e7f, 0.7f, 2f, 9f, -0.2f];
        fixed (float* source = values)
        {
            float sum = Lanes128.Sum(Lanes128.Load(source));
            Assert.Equal(sum, Lanes256.Sum(Lanes256.Load(source)));
            Assert.Equal(sum, Lanes512.Sum(Lanes512.Load(source)));
            Assert.Equal(1e8f, Lanes128.MaxOf(Lanes128.Load(source)));
            Assert.Equal(1e8f, Lanes256.MaxOf(Lanes256.Load(source)));
            Assert.Equal(1e8f, Lanes512.MaxOf(Lanes512.Load(source)));
        }
    }

    [Fact]
    public void Partial_loads_and_stores_leave_the_rest_alone()
    {
        CheckPartial<Lanes128>();
        CheckPartial<Lanes256>();
        CheckPartial<Lanes512>();
    }

    private static void CheckPartial<T>()
        where T : struct, ILanes<T>
    {
        float* memory = stackalloc float[16];
        float* copy = stackalloc float[16];
        for (int count = 0; count <= 16; count++)
        {
            for (int i = 0; i < 16; i++)
            {
                memory[i] = i + 1;
                copy[i] = -1;
            }

            T.Store(copy, T.LoadCount(memory, count));
            for (int i = 0; i < 16; i++)
            {
                Assert.Equal(i < count ? i + 1 : 0, copy[i]);
            }

            T.StoreCount(memory, T.Broadcast(99f), count);
            for (int i = 0; i < 16; i++)
            {
                Assert.Equal(i < count ? 99 : i + 1, memory[i]);
            }
        }
    }

    private static float[] MakeSamples()
    {
        List<float> samples = [];
        for (int i = -4000; i <= 4000; i++)
        {
            samples.Add(i * 0.0217f);
            samples.Add(MathF.ScaleB(1 + (i / 9000f), i / 32));
        }

        samples.AddRange([-95f, -100f, -103f, 1e-40f, 3e-42f, float.Epsilon, 1.17549435e-38f, float.MaxValue]);
        return [.. samples];
    }

    private static float[] Map<T>(float[] values, delegate*<T, T> function)
        where T : struct, ILanes<T>
    {
        float[] result = new float[values.Length];
        fixed (float* source = values)
        fixed (float* destination = result)
        {
            for (int i = 0; i < values.Length; i += 16)
            {
                int count = Math.Min(16, values.Length - i);
                T.StoreCount(destination + i, function(T.LoadCount(source + i, count)), count);
            }
        }

        return result;
    }

    private static void AssertClose(float[] actual, Func<double, double> exact, double units)
    {
        for (int i = 0; i < actual.Length; i++)
        {
            double expected = exact(Samples[i]);
            if (double.IsNaN(expected) || Math.Abs(expected) > float.MaxValue)
            {
                continue;
            }

            double unit = MathF.BitIncrement(MathF.Abs((float)expected)) - MathF.Abs((float)expected);
            Assert.True(Math.Abs(actual[i] - expected) <= units * unit, $"f({Samples[i]:R}) = {actual[i]:R}, exactly {expected:R}");
        }
    }

    private static void AssertSame(params float[][] variants)
    {
        foreach (float[] variant in variants)
        {
            for (int i = 0; i < variant.Length; i++)
            {
                Assert.True(
                    BitConverter.SingleToInt32Bits(variants[0][i]) == BitConverter.SingleToInt32Bits(variant[i]) || float.IsNaN(variant[i]),
                    $"Element {i}: {variants[0][i]:R} and {variant[i]:R}");
            }
        }
    }
}
