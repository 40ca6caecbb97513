using Proximal.Tensors.Kernels;

namespace Proximal.Tensors.Tests.Operations;

public sealed class ExpertsTests
{
    private const int Width = 18, Inner = 21, Slots = 2, Rows = 11;

    // Expert 2 is named by no row.
    private static readonly int[] Chosen = [0, 1, 0, 3, 1, 3, 3, 0, 0, 1, 0, 1, 1, 3, 1, 0, 0, 3, 0, 1, 1, 3];

    [Fact]
    public void Outputs_and_gradients_equal_the_definition()
    {
        float[] x = Differences.Normal(Rows * Width, 1, 0.7), w = Differences.Normal(Rows * Slots, 2), residual = Differences.Normal(Rows * Width, 3);
        float[] seeds = Differences.Normal(Rows * Width, 4);
        using Tape tape = new();
        Parameter[] parameters = NewParameters();
        ExpertLayer layer = LayerOf(parameters);
        Tensor input = tape.Input(new Shape(Rows, Width), x, requiresGradient: true);
        Tensor weights = tape.Input(new Shape(Rows, Slots), w, requiresGradient: true);
        Tensor start = tape.Input(new Shape(Rows, Width), residual, requiresGradient: true);
        Tensor y = input.Experts(layer, Chosen, weights, start);
        tape.Seed(y, seeds);
        tape.Backward();

        float[][] values = [x, w, residual, .. parameters.Select(p => p.Data.ToArray())];
        Differences.AssertClose(Reference([.. values.Select(v => v.Select(a => (double)a).ToArray())]), y.Data);
        int[] used = [.. Enumerable.Range(0, parameters.Length).Where(p => p / 3 != 2)];
        float[][] trained = [x, w, residual, .. used.Select(p => values[3 + p])];
        Differences.Check(v => Differences.Dot(Reference(Whole(v)), seeds), trained, [input, weights, start, .. used.Select(p => parameters[p])]);
        Assert.All(parameters[6..9], parameter => Assert.True(parameter.Gradient.IsEmpty));
        Dispose(parameters);

        double[][] Whole(double[][] v)
        {
            double[][] all = [.. values.Select(value => value.Select(a => (double)a).ToArray())];
            for (int i = 0; i < 3; i++)
            {
                all[i] = v[i];
            }

            for (int i = 0; i < used.Length; i++)
            {
                all[3 + used[i]] = v[3 + i];
            }

            return all;
        }
    }

    [Fact]
    public void Rows_and_gradients_have_the_same_bits_in_one_batch_and_in_several_and_on_any_number_of_threads()
    {
        float[] expected = Run([0, Rows], 1, InstructionSets.Widest, out float[] expectedGradients);
        foreach ((int[] cuts, int threads, InstructionSet set) in new[]
        {
            (new[] { 0, 4, Rows }, 1, InstructionSets.Widest),
            ([0, 1, 2, 9, Rows], 3, InstructionSets.Widest),
            ([0, Rows], 2, InstructionSet.Vector128),
        })
        {
            Differences.AssertSameBits(expected, Run(cuts, threads, set, out float[] gradients));
            Differences.AssertSameBits(expectedGradients, gradients);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using Tape tape = new();
        Parameter[] parameters = NewParameters();
        ExpertLayer layer = LayerOf(parameters);
        Tensor x = tape.Filled(new Shape(1, Width), 1), weights = tape.Filled(new Shape(1, Slots), 0.5f);
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Experts(layer, [0, 4], weights));
        Assert.Throws<ArgumentException>(() => x.Experts(layer, [0], weights));
        Assert.Throws<ArgumentException>(() => weights.Experts(layer, [0, 1], weights));
        Assert.Throws<ArgumentException>(() => x.Experts(layer, [0, 1], weights, residual: weights));
        Assert.Throws<ArgumentException>(() => new ExpertLayer());
        Assert.Throws<ArgumentException>(() => new ExpertLayer((parameters[0], parameters[1], parameters[1])));
        Dispose(parameters);
    }

    private static float[] Run(int[] cuts, int threads, InstructionSet set, out float[] gradients)
    {
        float[] x = Differences.Normal(Rows * Width, 1), w = Differences.Normal(Rows * Slots, 2), seeds = Differences.Normal(Rows * Width, 4);
        using Workers workers = new(threads);
        Parameter[] parameters = NewParameters();
        ExpertLayer layer = LayerOf(parameters);
        List<float> outputs = [], inputGradients = [];
        for (int part = 0; part + 1 < cuts.Length; part++)
        {
            Range rows = cuts[part]..cuts[part + 1], numbers = (cuts[part] * Width)..(cuts[part + 1] * Width), uses = (cuts[part] * Slots)..(cuts[part + 1] * Slots);
            int count = cuts[part + 1] - cuts[part];
            using Tape tape = new(workers);
            tape.Backend.InstructionSet = set;
            Tensor input = tape.Input(new Shape(count, Width), x[numbers], requiresGradient: true);
            Tensor weights = tape.Input(new Shape(count, Slots), w[uses], requiresGradient: true);
            Tensor y = input.Experts(layer, Chosen.AsSpan()[uses], weights);
            outputs.AddRange(y.Data);
            tape.Seed(y, seeds[numbers]);
            tape.Backward();
            inputGradients.AddRange(input.Gradient);
            inputGradients.AddRange(weights.Gradient);
        }

        // Inputs stand part by part; sorting makes the order that of no part.
        inputGradients.Sort();
        gradients = [.. inputGradients, .. parameters.SelectMany(p => p.Gradient.ToArray())];
        Dispose(parameters);
        return [.. outputs];
    }

    private static double[] Reference(double[][] v)
    {
        double[] y = [.. v[2]];
        for (int use = 0; use < Rows * Slots; use++)
        {
            int row = use / Slots, first = 3 + (3 * Chosen[use]);
            double[] x = v[0][(row * Width)..((row + 1) * Width)], unit = new double[Inner];
            for (int i = 0; i < Inner; i++)
            {
                double gate = 0, up = 0;
                for (int c = 0; c < Width; c++)
                {
                    gate += x[c] * v[first][(i * Width) + c];
                    up += x[c] * v[first + 1][(i * Width) + c];
                }

                unit[i] = gate / (1 + Math.Exp(-gate)) * up;
            }

            for (int c = 0; c < Width; c++)
            {
                for (int i = 0; i < Inner; i++)
                {
                    y[(row * Width) + c] += v[1][use] * unit[i] * v[first + 2][(c * Inner) + i];
                }
            }
        }

        return y;
    }

    private static Parameter[] NewParameters()
    {
        Parameter[] parameters = new Parameter[12];
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] = new Parameter($"{i}", i % 3 == 2 ? new Shape(Width, Inner) : new Shape(Inner, Width));
            Differences.Normal(Inner * Width, 10 + i, 0.3).CopyTo(parameters[i].Data);
            parameters[i].MarkChanged();
        }

        return parameters;
    }

    private static ExpertLayer LayerOf(Parameter[] p) => new((p[0], p[1], p[2]), (p[3], p[4], p[5]), (p[6], p[7], p[8]), (p[9], p[10], p[11]));

    private static void Dispose(Parameter[] parameters) => Array.ForEach(parameters, parameter => parameter.Dispose());
}
