using Proximal.Models.Networks;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Models.Tests.Networks;

public sealed class NetworkTests
{
    public static TheoryData<Activation> Activations => new(Enum.GetValues<Activation>());

    [Theory]
    [MemberData(nameof(Activations))]
    public void Tangent_equals_central_differences_along_the_direction(Activation activation)
    {
        NetworkSettings settings = new() { Hidden = [7, 5], Activation = activation, Convolutions = [new(3, 2), new(2, 2, 2, 1)] };
        Shape picture = new(2, 4, 5);
        using Network network = NetworkBuilder.Build("n", settings, picture, 3, 1, 1), direction = NetworkBuilder.Build("n", settings, picture, 3, 1, 2);
        using Network up = NetworkBuilder.Build("n", settings, picture, 3, 1, 1), down = NetworkBuilder.Build("n", settings, picture, 3, 1, 1);
        const float step = 2e-4f;
        for (int i = 0; i < network.Parameters.Count; i++)
        {
            Fill(direction.Parameters[i], 10 + i, 0.3f);
            for (int j = 0; j < network.Parameters[i].Length; j++)
            {
                up.Parameters[i].Data[j] += step * direction.Parameters[i].Data[j];
                down.Parameters[i].Data[j] -= step * direction.Parameters[i].Data[j];
            }

            up.Parameters[i].MarkChanged();
            down.Parameters[i].MarkChanged();
        }

        using Tape tape = new(recording: false);
        Tensor x = tape.Input(new Shape(4, picture.Length), Numbers(4 * picture.Length, 3));
        Tensor tangent = network.Tangent(direction, x, null, out Tensor output), above = up.Forward(x), below = down.Forward(x);
        Assert.Equal(network.Forward(x).Data.ToArray(), output.Data.ToArray());
        for (int i = 0; i < tangent.Length; i++)
        {
            Assert.Equal((above.Data[i] - below.Data[i]) / (2 * step), tangent.Data[i], 5e-3);
        }
    }

    [Fact]
    public void Tangent_refuses_a_network_of_another_form()
    {
        using Network network = new Mlp("n", [2, 3], Activation.Tanh, 1, WeightInitialization.FanIn, WeightInitialization.FanIn);
        using SequentialNetwork other = new(2);
        using Tape tape = new();
        Assert.Throws<ArgumentException>(() => network.Tangent(other, tape.Filled(new Shape(1, 2), 0), null, out _));
    }

    [Fact]
    public void Convolutions_that_do_not_fit_are_refused_with_the_picture()
    {
        NetworkSettings settings = new() { Convolutions = [new(4, 3), new(4, 3)] };
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => NetworkBuilder.Build("n", settings, new Shape(1, 4, 4), 2, 1, 1));
        Assert.Contains("[1, 4, 4]", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => NetworkBuilder.Build("n", settings, new Shape(16), 2, 1, 1));
    }

    [Theory]
    [InlineData(MemoryKind.Lstm)]
    [InlineData(MemoryKind.Gru)]
    public void Memory_equals_its_formulas(MemoryKind kind)
    {
        using RecurrentCell cell = NetworkBuilder.BuildMemory("m", new NetworkSettings { Memory = kind, MemoryWidth = 3 }, 2, 5)!;
        foreach (Parameter parameter in cell.Parameters)
        {
            Fill(parameter, parameter.Length, 0.5f);
        }

        float[] inputs = Numbers(4, 6), first = Numbers(2 * cell.StateWidth, 7);
        using Tape tape = new();
        Tensor state = tape.Input(new Shape(2, cell.StateWidth), first);
        Tensor output = cell.Step(cell.Project(tape.Input(new Shape(2, 2), inputs)), ref state);
        for (int row = 0; row < 2; row++)
        {
            double[] expected = kind == MemoryKind.Lstm ? Lstm(cell, inputs[(2 * row)..], first[(6 * row)..]) : Gru(cell, inputs[(2 * row)..], first[(3 * row)..]);
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal(expected[i], output.Data[(row * 3) + i], 1e-5);
                Assert.Equal(output.Data[(row * 3) + i], state.Data[(row * cell.StateWidth) + i]);
            }
        }
    }

    [Theory]
    [InlineData(MemoryKind.Lstm)]
    [InlineData(MemoryKind.Gru)]
    public void Sequences_forget_at_the_beginning_of_an_episode_and_gradients_flow_through_time(MemoryKind kind)
    {
        using RecurrentCell cell = NetworkBuilder.BuildMemory("m", new NetworkSettings { Memory = kind, MemoryWidth = 4 }, 2, 5)!;
        float[] inputs = Numbers(12, 6), keep = [1, 1, 1, 0, 1, 1];
        using Tape tape = new();
        Tensor Run(int steps, float[] values, float[] kept, Tensor x)
        {
            Tensor state = tape.Filled(new Shape(2, cell.StateWidth), 0.2f);
            return cell.Run(x, 2, ref state, tape.Input(new Shape(2 * steps, 1), kept));
        }

        Tensor whole = tape.Input(new Shape(6, 2), inputs, requiresGradient: true), output = Run(3, inputs, keep, whole);

        // The second sequence begins anew at its second step: from there it equals a run from a state of zeros.
        Tensor fresh = tape.Filled(new Shape(1, cell.StateWidth), 0);
        Tensor alone = cell.Run(tape.Input(new Shape(2, 2), [inputs[6], inputs[7], inputs[10], inputs[11]]), 1, ref fresh, null);
        Assert.Equal(alone.Data[4..8].ToArray(), output.Data[20..24].ToArray());

        tape.Backward(output.Slice(0, 4, 2).Sum());
        Assert.All(whole.Gradient[..2].ToArray(), g => Assert.NotEqual(0, g));
        Assert.Equal(0, whole.Gradient[2]);
        Assert.NotEqual(0, whole.Gradient[6]);
    }

    [Fact]
    public void Settings_outside_their_ranges_are_named() =>
        Assert.Contains("Hidden[1] is 0", Assert.Throws<ArgumentException>(() => new NetworkSettings { Hidden = [4, 0] }.Validate()).Message, StringComparison.Ordinal);

    private static double[] Lstm(RecurrentCell cell, float[] x, float[] state)
    {
        double[] gates = Product(cell.Parameters[0], x), remembered = Product(cell.Parameters[1], state), h = new double[3];
        for (int i = 0; i < 12; i++)
        {
            gates[i] += remembered[i] + cell.Parameters[2].Data[i];
        }

        for (int i = 0; i < 3; i++)
        {
            double c = (Sigmoid(gates[3 + i]) * state[3 + i]) + (Sigmoid(gates[i]) * Math.Tanh(gates[6 + i]));
            h[i] = Sigmoid(gates[9 + i]) * Math.Tanh(c);
        }

        return h;
    }

    private static double[] Gru(RecurrentCell cell, float[] x, float[] state)
    {
        double[] input = Product(cell.Parameters[0], x), remembered = Product(cell.Parameters[2], state), h = new double[3];
        for (int i = 0; i < 9; i++)
        {
            input[i] += cell.Parameters[1].Data[i];
            remembered[i] += cell.Parameters[3].Data[i];
        }

        for (int i = 0; i < 3; i++)
        {
            double reset = Sigmoid(input[i] + remembered[i]), update = Sigmoid(input[3 + i] + remembered[3 + i]);
            h[i] = ((1 - update) * Math.Tanh(input[6 + i] + (reset * remembered[6 + i]))) + (update * state[i]);
        }

        return h;
    }

    private static double[] Product(Parameter weight, float[] x)
    {
        double[] product = new double[weight.Shape[0]];
        for (int i = 0; i < weight.Length; i++)
        {
            product[i / weight.Shape[1]] += weight.Data[i] * x[i % weight.Shape[1]];
        }

        return product;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static void Fill(Parameter parameter, int seed, float scale)
    {
        float[] numbers = Numbers(parameter.Length, seed);
        for (int i = 0; i < numbers.Length; i++)
        {
            parameter.Data[i] = scale * numbers[i];
        }

        parameter.MarkChanged();
    }

    private static float[] Numbers(int count, int seed)
    {
        RandomStream stream = new((ulong)seed, RandomPurpose.User);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = (float)stream.Normal(i);
        }

        return numbers;
    }
}
