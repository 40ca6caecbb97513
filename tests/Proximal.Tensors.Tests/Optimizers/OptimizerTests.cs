using Proximal.Tensors.Optimizers;
using Proximal.Tensors.Tests.Operations;

namespace Proximal.Tensors.Tests.Optimizers;

public sealed class OptimizerTests
{
    private const double Rate = 0.03;
    private const double Decay = 0.1;

    public static TheoryData<string> Names => new(Cases.Keys);

    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["sgd"] = new((p, w) => new Sgd(p, new SgdOptions { WeightDecay = Decay }, w), _ => new SgdReference(0, false)),
        ["momentum"] = new((p, w) => new Sgd(p, new SgdOptions { WeightDecay = Decay, Momentum = 0.9 }, w), _ => new SgdReference(0.9, false)),
        ["nesterov"] = new((p, w) => new Sgd(p, new SgdOptions { WeightDecay = Decay, Momentum = 0.9, Nesterov = true }, w), _ => new SgdReference(0.9, true)),
        ["adam"] = new((p, w) => new Adam(p, new AdamOptions { WeightDecay = Decay }, w), _ => new AdamReference(false)),
        ["adamw"] = new((p, w) => new AdamW(p, new AdamOptions { WeightDecay = Decay }, w), _ => new AdamReference(true)),
        ["lion"] = new((p, w) => new Lion(p, new LionOptions { WeightDecay = Decay }, w), _ => new LionReference()),
        ["muon wide"] = new((p, w) => new Muon(p, new MuonOptions { WeightDecay = Decay }, w), (sizes) => new MuonReference(sizes)),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_equal_the_reference_in_double_precision(string name)
    {
        foreach (int[] sizes in new int[][] { [5, 9], [9, 5], [4, 4] })
        {
            using Parameter parameter = Filled("w", 1, sizes);
            double[] expected = Array.ConvertAll(parameter.Data.ToArray(), v => (double)v);
            using Workers workers = new(1);
            using Optimizer optimizer = Cases[name].Create([parameter], workers);
            Reference reference = Cases[name].Reference(sizes);
            for (int step = 1; step <= 6; step++)
            {
                Doubles gradient = Doubles.Random(100 + step, -1, 1, sizes);
                SetGradient(parameter, gradient.ToFloats());
                int version = parameter.Version;
                optimizer.Step(Rate);
                Assert.NotEqual(version, parameter.Version);
                reference.Step(expected, gradient.Values, step);
                GradientCheck.AssertClose($"{name} step {step}", expected, parameter.Data, 1e-4);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_restored_state_continues_to_the_same_bits_with_another_number_of_workers(string name)
    {
        int[] sizes = [130, 300];
        using Workers one = new(1), three = new(3);
        using Parameter undisturbed = Filled("w", 2, sizes), resumed = Filled("w", 2, sizes);
        using Optimizer whole = Cases[name].Create([undisturbed], one), first = Cases[name].Create([resumed], three);
        Run(whole, undisturbed, 0, 4);
        Run(first, resumed, 0, 2);
        using Optimizer second = Cases[name].Create([resumed], three);
        for (int i = 0; i < first.StateCount; i++)
        {
            Assert.Equal(first.StateName(i), second.StateName(i));
            Assert.StartsWith("w.", first.StateName(i), StringComparison.Ordinal);
            Assert.Equal(resumed.Shape, second.StateShape(i));
            first.State(i).CopyTo(second.State(i));
        }

        second.Resume(first.Steps);
        Run(second, resumed, 2, 4);
        Assert.Equal(4, second.Steps);
        Assert.Equal(undisturbed.Data.ToArray(), resumed.Data.ToArray());

        static void Run(Optimizer optimizer, Parameter parameter, int from, int to)
        {
            for (int step = from; step < to; step++)
            {
                SetGradient(parameter, Doubles.Random(step, -1, 1, parameter.Length).ToFloats());
                optimizer.Step(0.01);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_small_quadratic_is_minimized(string name)
    {
        using Parameter parameter = Filled("w", 3, [4, 4]);
        using Parameter target = Filled("target", 4, [4, 4], trainable: false);
        using Optimizer optimizer = Cases[name].Create([parameter], Workers.Shared);
        using Tape tape = new();
        float loss = 0;
        for (int step = 0; step < 300; step++)
        {
            tape.Reset();
            Tensor error = (parameter.On(tape) - target).Square().Sum();
            loss = error.Item;
            tape.Backward(error);
            optimizer.Step(0.1 * (1 - (step / 300.0)));
            optimizer.ClearGradients();
        }

        Assert.InRange(loss, 0, 0.2);
    }

    [Fact]
    public void Parameters_without_a_gradient_and_frozen_ones_stay()
    {
        using Parameter frozen = Filled("frozen", 1, [3], trainable: false), idle = Filled("idle", 2, [3]);
        float[] before = idle.Data.ToArray();
        using AdamW optimizer = new([frozen, idle]);
        optimizer.Step();
        Assert.Equal(before, idle.Data.ToArray());
        Assert.Equal([idle], optimizer.Parameters);
    }

    [Fact]
    public void Vectors_do_not_decay_unless_a_group_says_so()
    {
        using Parameter vector = Filled("bias", 1, [3]), matrix = Filled("weight", 2, [3, 1]);
        float[] before = [.. vector.Data, .. matrix.Data];
        SetGradient(vector, new float[3]);
        SetGradient(matrix, new float[3]);
        using (AdamW optimizer = new([vector, matrix], new AdamOptions { WeightDecay = 0.5 }))
        {
            optimizer.Step(0.1);
        }

        Assert.Equal(before[..3], vector.Data.ToArray());
        Assert.Equal(before[3] * 0.95f, matrix.Data[0]);
        using AdamW slow = new([vector], new AdamOptions { WeightDecay = 0.5, Groups = [new ParameterGroup { Contains = p => p.Name == "bias", LearningRateFactor = 0.5 }] });
        slow.Step(0.1);
        Assert.Equal(before[0] * 0.975f, vector.Data[0]);
    }

    [Fact]
    public void Gradients_accumulate_until_they_are_cleared()
    {
        using Parameter parameter = Filled("w", 1, [1]);
        using Sgd optimizer = new([parameter]);
        using Tape tape = new();
        for (int pass = 1; pass <= 3; pass++)
        {
            tape.Reset();
            tape.Backward((parameter.On(tape) * 2f).Sum());
            Assert.Equal(2f * pass, parameter.Gradient[0]);
        }

        optimizer.ClearGradients();
        Assert.True(parameter.Gradient.IsEmpty);
    }

    [Fact]
    public void Clipping_by_norm_scales_all_gradients_and_returns_the_norm()
    {
        using Parameter a = Filled("a", 1, [2]), b = Filled("b", 2, [1]), none = Filled("none", 3, [1]);
        GradientClipping clipping = new([a, b, none]);
        SetGradient(a, [2, 3]);
        SetGradient(b, [6]);
        Assert.Equal(7, clipping.ByNorm(14));
        Assert.Equal([2f, 3], a.Gradient.ToArray());
        Assert.Equal(7, clipping.ByNorm(3.5));
        Assert.Equal([1f, 1.5f], a.Gradient.ToArray());
        Assert.Equal([3f], b.Gradient.ToArray());
        clipping.ByValue(1.25);
        Assert.Equal([1f, 1.25f], a.Gradient.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => clipping.ByNorm(0));
    }

    [Fact]
    public void A_norm_that_is_not_finite_is_reported_and_changes_nothing()
    {
        using Parameter parameter = Filled("w", 1, [2]);
        GradientClipping clipping = new([parameter]);
        SetGradient(parameter, [float.NaN, 3]);
        Assert.True(double.IsNaN(clipping.ByNorm(1)));
        Assert.Equal([float.NaN, 3f], parameter.Gradient.ToArray());
        SetGradient(parameter, [float.PositiveInfinity, 3]);
        Assert.Equal(double.PositiveInfinity, clipping.ByNorm(1));
        Assert.Equal(3f, parameter.Gradient[1]);
    }

    [Fact]
    public void The_norm_has_the_same_bits_with_any_number_of_workers_and_does_not_overflow()
    {
        using Parameter parameter = Filled("w", 1, [100_003]);
        SetGradient(parameter, Doubles.Random(5, -1, 1, 100_003).Map(v => v * 1e30).ToFloats());
        using Workers one = new(1), three = new(3);
        double norm = new GradientClipping([parameter], one).Norm();
        Assert.True(double.IsFinite(norm));
        Assert.Equal(norm, new GradientClipping([parameter], three).Norm());
    }

    [Fact]
    public void Settings_outside_their_range_are_refused_by_name()
    {
        AssertRefused("Momentum", () => new Sgd([], new SgdOptions { Momentum = 1 }));
        AssertRefused("Nesterov", () => new Sgd([], new SgdOptions { Nesterov = true }));
        AssertRefused("Beta2", () => new AdamW([], new AdamOptions { Beta2 = double.NaN }));
        AssertRefused("Epsilon", () => new Adam([], new AdamOptions { Epsilon = -1 }));
        AssertRefused("LearningRate", () => new Lion([], new LionOptions { LearningRate = double.PositiveInfinity }));
        AssertRefused("WeightDecay", () => new Muon([], new MuonOptions { WeightDecay = -1 }));
        using Parameter a = Filled("w", 1, [2]), b = Filled("w", 1, [2]), cube = Filled("cube", 1, [2, 2, 2]);
        AssertRefused("'w'", () => new Sgd([a, b]));
        AssertRefused("'cube'", () => new Muon([cube], new MuonOptions { Orthogonalizes = _ => true }));
        using Sgd sgd = new([a]);
        Assert.Throws<ArgumentOutOfRangeException>(() => sgd.Step(double.NaN));
    }

    private static void AssertRefused(string key, Func<Optimizer> create) =>
        Assert.Contains(key, Assert.Throws<ArgumentException>(create).Message, StringComparison.Ordinal);

    private static Parameter Filled(string name, int seed, int[] sizes, bool trainable = true)
    {
        Parameter parameter = new(name, new Shape(sizes), trainable);
        Doubles.Random(seed, -1, 1, sizes).ToFloats().CopyTo(parameter.Data);
        return parameter;
    }

    private static void SetGradient(Parameter parameter, float[] gradient)
    {
        parameter.ClearGradient();
        using Tape tape = new();
        tape.Seed(parameter.On(tape), gradient);
        tape.Backward();
    }

    private sealed record Case(Func<IReadOnlyList<Parameter>, Workers, Optimizer> Create, Func<int[], Reference> Reference);

    private abstract class Reference
    {
        public abstract void Step(double[] w, double[] g, int step);
    }

    private sealed class SgdReference(double momentum, bool nesterov) : Reference
    {
        private double[]? b;

        public override void Step(double[] w, double[] g, int step)
        {
            b ??= new double[w.Length];
            for (int i = 0; i < w.Length; i++)
            {
                double d = g[i] + (Decay * w[i]);
                b[i] = (momentum * b[i]) + d;
                w[i] -= Rate * (nesterov ? d + (momentum * b[i]) : b[i]);
            }
        }
    }

    private sealed class AdamReference(bool decoupled) : Reference
    {
        private double[]? m;
        private double[]? v;

        public override void Step(double[] w, double[] g, int step)
        {
            m ??= new double[w.Length];
            v ??= new double[w.Length];
            for (int i = 0; i < w.Length; i++)
            {
                double d = decoupled ? g[i] : g[i] + (Decay * w[i]);
                w[i] -= decoupled ? Rate * Decay * w[i] : 0;
                m[i] = (0.9 * m[i]) + (0.1 * d);
                v[i] = (0.999 * v[i]) + (0.001 * d * d);
                w[i] -= Rate * (m[i] / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.999, step))) + 1e-8);
            }
        }
    }

    private sealed class LionReference : Reference
    {
        private double[]? m;

        public override void Step(double[] w, double[] g, int step)
        {
            m ??= new double[w.Length];
            for (int i = 0; i < w.Length; i++)
            {
                w[i] -= Rate * (Math.Sign((0.9 * m[i]) + (0.1 * g[i])) + (Decay * w[i]));
                m[i] = (0.99 * m[i]) + (0.01 * g[i]);
            }
        }
    }

    private sealed class MuonReference(int[] sizes) : Reference
    {
        private double[]? b;

        public override void Step(double[] w, double[] g, int step)
        {
            int rows = sizes[0], columns = sizes[1];
            b ??= new double[w.Length];
            double[] u = new double[w.Length];
            for (int i = 0; i < w.Length; i++)
            {
                b[i] = (0.95 * b[i]) + (0.05 * g[i]);
                u[i] = (0.05 * g[i]) + (0.95 * b[i]);
            }

            double norm = Math.Sqrt(u.Sum(v => v * v)) + 1e-7;
            double[,] x = new double[rows, columns];
            for (int i = 0; i < u.Length; i++)
            {
                x[i / columns, i % columns] = u[i] / norm;
            }

            x = rows > columns ? Transposed(NewtonSchulz(Transposed(x))) : NewtonSchulz(x);
            double scale = Math.Sqrt(Math.Max(1, rows / (double)columns));
            for (int i = 0; i < w.Length; i++)
            {
                w[i] = (w[i] * (1 - (Rate * Decay))) - (Rate * scale * x[i / columns, i % columns]);
            }
        }

        private static double[,] NewtonSchulz(double[,] x)
        {
            for (int step = 0; step < 5; step++)
            {
                double[,] a = Product(x, Transposed(x));
                double[,] square = Product(a, a);
                double[,] p = Zip(a, square, (v, s) => (-4.7750 * v) + (2.0315 * s));
                x = Zip(x, Product(p, x), (v, s) => (3.4445 * v) + s);
            }

            return x;
        }

        private static double[,] Zip(double[,] x, double[,] y, Func<double, double, double> f)
        {
            double[,] z = new double[x.GetLength(0), x.GetLength(1)];
            for (int i = 0; i < z.GetLength(0); i++)
            {
                for (int j = 0; j < z.GetLength(1); j++)
                {
                    z[i, j] = f(x[i, j], y[i, j]);
                }
            }

            return z;
        }

        private static double[,] Transposed(double[,] x)
        {
            double[,] z = new double[x.GetLength(1), x.GetLength(0)];
            for (int i = 0; i < z.GetLength(0); i++)
            {
                for (int j = 0; j < z.GetLength(1); j++)
                {
                    z[i, j] = x[j, i];
                }
            }

            return z;
        }

        private static double[,] Product(double[,] x, double[,] y)
        {
            double[,] z = new double[x.GetLength(0), y.GetLength(1)];
            for (int i = 0; i < z.GetLength(0); i++)
            {
                for (int j = 0; j < z.GetLength(1); j++)
                {
                    for (int k = 0; k < x.GetLength(1); k++)
                    {
                        z[i, j] += x[i, k] * y[k, j];
                    }
                }
            }

            return z;
        }
    }
}
