using Proximal.Tensors.Optimizers;

namespace Proximal.Tensors.Tests.Optimizers;

public sealed class RmsPropTests
{
    [Fact]
    public void Steps_equal_the_recursion_in_double_precision()
    {
        const int length = 37;
        using Workers workers = new(1);
        using Parameter parameter = new("w", new Shape(length));
        using RmsProp optimizer = new([parameter], new RmsPropOptions { LearningRate = 0.1, Decay = 0.9, Epsilon = 1e-5 }, workers);
        double[] w = new double[length], v = new double[length];
        using Tape tape = new(workers);
        for (int step = 0; step < 5; step++)
        {
            float[] gradient = new float[length];
            for (int i = 0; i < length; i++)
            {
                gradient[i] = MathF.Sin((step * length) + i);
                v[i] = (0.9 * v[i]) + (0.1 * gradient[i] * gradient[i]);
                w[i] -= 0.1 * gradient[i] / (Math.Sqrt(v[i]) + 1e-5);
            }

            tape.Reset();
            optimizer.ClearGradients();
            tape.Backward((tape.Input(new Shape(length), gradient) * parameter).Sum());
            optimizer.Step();
        }

        for (int i = 0; i < length; i++)
        {
            Assert.Equal(w[i], parameter.Data[i], 1e-5);
        }
    }

    [Fact]
    public void Decay_of_one_is_refused() =>
        Assert.Contains("Decay", Assert.Throws<ArgumentException>(() => new RmsProp([], new RmsPropOptions { Decay = 1 })).Message, StringComparison.Ordinal);
}
