using Proximal.Tensors.Kernels;

namespace Proximal.Tensors.Tests.Operations;

public sealed class FusedOperationsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 16)]
    [InlineData(5, 37)]
    public void Rms_norm_and_its_gradients_equal_the_definition(int rows, int columns)
    {
        const float epsilon = 1e-3f;
        float[] x = Differences.Normal(rows * columns, 1), w = Differences.Normal(columns, 2), seeds = Differences.Normal(rows * columns, 3);
        using Tape tape = new();
        using Parameter weight = new("w", new Shape(columns));
        w.CopyTo(weight.Data);
        Tensor input = tape.Input(new Shape(rows, columns), x, requiresGradient: true);
        Tensor y = input.RmsNorm(weight, epsilon);
        tape.Seed(y, seeds);
        tape.Backward();

        double[] Reference(double[][] v)
        {
            double[] result = new double[rows * columns];
            for (int r = 0; r < rows; r++)
            {
                double[] row = v[0][(r * columns)..((r + 1) * columns)];
                double scale = 1 / Math.Sqrt(row.Sum(a => a * a / columns) + epsilon);
                for (int c = 0; c < columns; c++)
                {
                    result[(r * columns) + c] = row[c] * scale * v[1][c];
                }
            }

            return result;
        }

        Differences.AssertClose(Reference([[.. x.Select(a => (double)a)], [.. w.Select(a => (double)a)]]), y.Data);
        Differences.Check(v => Differences.Dot(Reference(v), seeds), [x, w], [input, weight]);
    }

    [Fact]
    public void Gradients_of_a_shared_weight_have_the_same_bits_in_one_batch_and_in_two()
    {
        const int rows = 40, columns = 21;
        float[] x = Differences.Normal(rows * columns, 1), seeds = Differences.Normal(rows * columns, 3);
        using Parameter whole = new("w", new Shape(columns)), split = new("w", new Shape(columns));
        whole.Data.Fill(1.5f);
        split.Data.Fill(1.5f);
        RunPart(whole, 0, rows);
        RunPart(split, 0, 13);
        RunPart(split, 13, rows);
        Differences.AssertSameBits(whole.Gradient, split.Gradient);

        void RunPart(Parameter weight, int start, int end)
        {
            using Tape tape = new();
            Tensor y = tape.Input(new Shape(end - start, columns), x.AsSpan(start * columns, (end - start) * columns)).RmsNorm(weight);
            tape.Seed(y, seeds.AsSpan(start * columns, (end - start) * columns));
            tape.Backward();
        }
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 8)]
    [InlineData(2, 32)]
    [InlineData(2, 80)]
    public void Rotary_and_its_gradient_equal_the_definition(int heads, int dimension)
    {
        const int rows = 5;
        int[] positions = [0, 1, 2, 90, 7];
        int columns = heads * dimension;
        float[] x = Differences.Normal(rows * columns, 1), seeds = Differences.Normal(rows * columns, 3);
        using Tape tape = new();
        using RotaryTable table = new(10000, dimension, 100);
        Tensor input = tape.Input(new Shape(rows, columns), x, requiresGradient: true);
        Tensor y = input.Rotary(table, positions);
        tape.Seed(y, seeds);
        tape.Backward();

        double[] Reference(double[][] v)
        {
            double[] result = new double[rows * columns];
            for (int r = 0; r < rows; r++)
            {
                for (int h = 0; h < heads; h++)
                {
                    for (int i = 0; i < dimension / 2; i++)
                    {
                        int first = (r * columns) + (h * dimension) + i, second = first + (dimension / 2);
                        double angle = positions[r] * Math.Pow(10000, -2.0 * i / dimension);
                        result[first] = (v[0][first] * Math.Cos(angle)) - (v[0][second] * Math.Sin(angle));
                        result[second] = (v[0][second] * Math.Cos(angle)) + (v[0][first] * Math.Sin(angle));
                    }
                }
            }

            return result;
        }

        Differences.AssertClose(Reference([[.. x.Select(a => (double)a)]]), y.Data);
        Differences.Check(v => Differences.Dot(Reference(v), seeds), [x], [input]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    public void SwiGlu_and_its_gradients_equal_the_definition(int count)
    {
        float[] gate = Differences.Normal(count, 1, 3), up = Differences.Normal(count, 2), seeds = Differences.Normal(count, 3);
        using Tape tape = new();
        Tensor a = tape.Input(new Shape(count), gate, requiresGradient: true), b = tape.Input(new Shape(count), up, requiresGradient: true);
        Tensor y = a.SwiGlu(b);
        tape.Seed(y, seeds);
        tape.Backward();
        double[] Reference(double[][] v) => [.. v[0].Select((x, i) => x / (1 + Math.Exp(-x)) * v[1][i])];
        Differences.AssertClose(Reference([[.. gate.Select(x => (double)x)], [.. up.Select(x => (double)x)]]), y.Data);
        Differences.Check(v => Differences.Dot(Reference(v), seeds), [gate, up], [a, b]);
    }

    [Fact]
    public void SwiGlu_of_a_tensor_with_itself_adds_both_gradients()
    {
        float[] x = Differences.Normal(20, 1);
        using Tape tape = new();
        Tensor a = tape.Input(new Shape(20), x, requiresGradient: true);
        tape.Seed(a.SwiGlu(a), Differences.Normal(20, 3));
        tape.Backward();
        Differences.Check(v => Differences.Dot([.. v[0].Select(z => z * z / (1 + Math.Exp(-z)))], Differences.Normal(20, 3)), [x], [a]);
    }

    [Fact]
    public void Embedding_looks_rows_up_and_adds_the_gradients_of_repeats()
    {
        using Parameter table = new("embedding", new Shape(5, 19));
        Differences.Normal(5 * 19, 1).CopyTo(table.Data);
        using Tape tape = new();
        Tensor y = tape.Embedding(table, [4, 0, 4]);
        Assert.Equal(table.Data[(4 * 19)..].ToArray(), y.Data[..19].ToArray());
        float[] seeds = Differences.Normal(3 * 19, 2);
        tape.Seed(y, seeds);
        tape.Backward();
        Assert.Equal(seeds[19..38], table.Gradient[..19].ToArray());
        Assert.Equal(seeds[..19].Zip(seeds[38..], (a, b) => a + b), table.Gradient[(4 * 19)..].ToArray());
        Assert.All(table.Gradient[19..(4 * 19)].ToArray(), g => Assert.Equal(0, g));
        Assert.Throws<ArgumentOutOfRangeException>(() => tape.Embedding(table, [5]));
    }

    [Theory]
    [InlineData(3, 7, 4)]
    [InlineData(9, 33, 16)]
    [InlineData(6, 50, 21)]
    public void Head_with_reference_and_its_gradients_equal_the_definition(int positions, int vocabulary, int columns)
    {
        const int referenceColumns = 6;
        int[] rows = [.. Enumerable.Range(0, positions + 2).Select(i => i * 2 % positions)], targets = [.. rows.Select((r, i) => (r + (3 * i)) % vocabulary)];
        int count = rows.Length;
        float[] x = Differences.Normal(positions * columns, 1), w = Differences.Normal(vocabulary * columns, 2, 0.7);
        float[] referenceX = Differences.Normal(positions * referenceColumns, 3), referenceW = Differences.Normal(vocabulary * referenceColumns, 4, 0.7);
        float[] a = Differences.Normal(count, 5), b = Differences.Normal(count, 6), c = Differences.Normal(count, 7);
        using Tape tape = new();
        using Parameter weight = new("head", new Shape(vocabulary, columns)), referenceWeight = new("reference", new Shape(vocabulary, referenceColumns));
        w.CopyTo(weight.Data);
        referenceW.CopyTo(referenceWeight.Data);
        Tensor hidden = tape.Input(new Shape(positions, columns), x, requiresGradient: true);
        Tensor referenceHidden = tape.Input(new Shape(positions, referenceColumns), referenceX);
        hidden.HeadWithReference(weight, referenceHidden, referenceWeight, rows, targets, out Tensor logProb, out Tensor entropy, out Tensor divergence);
        tape.Seed(logProb, a);
        tape.Seed(entropy, b);
        tape.Seed(divergence, c);
        tape.Backward();

        double[] LogP(double[] states, double[] matrix, int row, int size)
        {
            double[] logits = [.. Enumerable.Range(0, vocabulary).Select(v => Enumerable.Range(0, size).Sum(d => states[(row * size) + d] * matrix[(v * size) + d]))];
            double log = Math.Log(logits.Sum(Math.Exp));
            return [.. logits.Select(l => l - log)];
        }

        double[] wideReferenceX = [.. referenceX.Select(v => (double)v)], wideReferenceW = [.. referenceW.Select(v => (double)v)];
        double[][] Reference(double[][] v)
        {
            double[][] result = [new double[count], new double[count], new double[count]];
            for (int i = 0; i < count; i++)
            {
                double[] p = LogP(v[0], v[1], rows[i], columns), q = LogP(wideReferenceX, wideReferenceW, rows[i], referenceColumns);
                result[0][i] = p[targets[i]];
                result[1][i] = -p.Sum(l => Math.Exp(l) * l);
                result[2][i] = p.Zip(q, (l, m) => Math.Exp(l) * (l - m)).Sum();
            }

            return result;
        }

        double[][] expected = Reference([[.. x.Select(v => (double)v)], [.. w.Select(v => (double)v)]]);
        Differences.AssertClose(expected[0], logProb.Data);
        Differences.AssertClose(expected[1], entropy.Data);
        Differences.AssertClose(expected[2], divergence.Data);
        Differences.Check(
            v =>
            {
                double[][] r = Reference(v);
                return Differences.Dot(r[0], a) + Differences.Dot(r[1], b) + Differences.Dot(r[2], c);
            },
            [x, w],
            [hidden, weight]);
    }

    [Fact]
    public void Head_in_blocks_of_rows_gives_the_bits_of_rows_alone()
    {
        // More logits than are kept: the backward pass computes them again.
        const int positions = 70, vocabulary = 70_001, columns = 3;
        float[] x = Differences.Normal(positions * columns, 1), seeds = Differences.Normal(positions, 2);
        int[] rows = [.. Enumerable.Range(0, positions)], targets = [.. rows.Select(r => r * 997)];
        using Parameter weight = new("head", new Shape(vocabulary, columns));
        Differences.Normal(vocabulary * columns, 3).CopyTo(weight.Data);
        using Tape tape = new(), single = new();
        Tensor hidden = tape.Input(new Shape(positions, columns), x, requiresGradient: true);
        hidden.Head(weight, rows, targets, out Tensor logProb, out Tensor entropy);
        tape.Seed(logProb, seeds);
        tape.Backward();
        float[] weightGradient = weight.Gradient.ToArray();
        weight.ClearGradient();
        foreach (int row in rows)
        {
            Tensor alone = single.Input(new Shape(1, columns), x.AsSpan(row * columns, columns), requiresGradient: true);
            alone.Head(weight, [0], [targets[row]], out Tensor aloneLogProb, out Tensor aloneEntropy);
            single.Seed(aloneLogProb, [seeds[row]]);
            single.Backward();
            Assert.Equal(logProb.Data[row], aloneLogProb.Item);
            Assert.Equal(entropy.Data[row], aloneEntropy.Item);
            Differences.AssertSameBits(hidden.Gradient.Slice(row * columns, columns), alone.Gradient);
            single.Reset();
        }

        Differences.AssertSameBits(weightGradient, weight.Gradient);
    }

    [Fact]
    public unsafe void Row_of_generation_has_the_bits_of_the_training_head()
    {
        const int vocabulary = 77;
        using Parameter identity = new("head", new Shape(vocabulary, vocabulary));
        for (int i = 0; i < vocabulary; i++)
        {
            identity.Data[(i * vocabulary) + i] = 1;
        }

        float[] logits = Differences.Normal(vocabulary, 1, 4);
        using Tape tape = new();
        tape.Input(new Shape(1, vocabulary), logits, requiresGradient: true).Head(identity, [0], [31], out Tensor logProb, out Tensor entropy);
        fixed (float* row = logits)
        {
            foreach (InstructionSet set in Enum.GetValues<InstructionSet>())
            {
                new CpuBackend(Workers.Shared) { InstructionSet = set }.LogSoftmaxRow(row, vocabulary, 31, out float p, out float h);
                Assert.Equal(logProb.Item, p);
                Assert.Equal(entropy.Item, h);
            }
        }
    }

    [Fact]
    public unsafe void Impossible_tokens_add_nothing_to_the_entropy()
    {
        float[] logits = [1f, float.NegativeInfinity, 1f, float.NegativeInfinity];
        fixed (float* row = logits)
        {
            new CpuBackend(Workers.Shared).LogSoftmaxRow(row, 4, 0, out float logProb, out float entropy);
            Assert.Equal(-Math.Log(2), logProb, 6);
            Assert.Equal(Math.Log(2), entropy, 6);
        }
    }
}
