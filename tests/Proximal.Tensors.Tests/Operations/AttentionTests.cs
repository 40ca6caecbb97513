using Proximal.Tensors.Kernels;
using Proximal.Tensors.Random;
using Proximal.Tensors.Segments;

namespace Proximal.Tensors.Tests.Operations;

public sealed class AttentionTests
{
    [Theory]
    [InlineData(1, 1, 8)]
    [InlineData(4, 2, 16)]
    [InlineData(6, 2, 24)]
    [InlineData(3, 1, 5)]
    [InlineData(2, 2, 48)]
    [InlineData(1, 1, 128)]
    public void Output_and_gradients_equal_the_definition_on_a_tree(int heads, int keyHeads, int dimension)
    {
        SegmentLayout layout = new();
        Grow(layout, [(-1, 5), (0, 3), (1, 2), (0, 0), (3, 4), (-1, 19), (-1, 0), (-1, 1)]);
        Case sizes = new(layout, heads, keyHeads, dimension);
        using Tape tape = new();
        Tensor[] tensors = sizes.Run(tape, out Tensor output);
        double[][] wide = [.. sizes.Inputs.Select(input => input.Select(x => (double)x).ToArray())];
        Differences.AssertClose(sizes.Reference(wide), output.Data);
        Differences.Check(v => Differences.Dot(sizes.Reference(v), sizes.Seeds), sizes.Inputs, tensors);
    }

    [Fact]
    public void Packed_trees_give_every_row_the_bits_of_its_path_alone_and_sum_the_gradients()
    {
        for (int seed = 0; seed < 12; seed++)
        {
            RandomStream random = new(5, RandomPurpose.User, seed);
            SegmentLayout layout = new();
            for (int i = 0; i < 9; i++)
            {
                int root = layout.Count == 0 ? 0 : layout.Root[layout.Count - 1];
                int parent = layout.Count == 0 || random.Uniform(4 * i) < 0.25 ? -1 : root + random.Integer((4 * i) + 1, layout.Count - root);
                layout.Add(parent, random.Integer((4 * i) + 2, 40));
            }

            Case packed = new(layout, 4, 2, seed % 2 == 0 ? 16 : 24);
            using Tape tape = new();
            Tensor[] tensors = packed.Run(tape, out Tensor output);
            double[][] sums = [.. tensors.Select(t => new double[t.Length])];
            for (int leaf = 0; leaf < layout.Count; leaf++)
            {
                // The seeds sit on the rows of the last segment, so that paths through every segment cover each row once.
                int[] path = new int[layout.Count];
                path = path[..layout.WritePath(leaf, path)];
                int[] rows = [.. path.SelectMany(s => Enumerable.Range(layout.Start[s], layout.Length[s]))];
                if (layout.Length[leaf] == 0)
                {
                    continue;
                }

                SegmentLayout chain = new();
                chain.Add(-1, rows.Length);
                Case alone = packed.Pick(chain, rows, layout.Length[leaf]);
                using Tape other = new();
                Tensor[] parts = alone.Run(other, out Tensor aloneOutput);
                for (int i = 0; i < rows.Length; i++)
                {
                    Differences.AssertSameBits(
                        aloneOutput.Data.Slice(i * alone.QueryStride, alone.QueryStride), output.Data.Slice(rows[i] * alone.QueryStride, alone.QueryStride));
                    for (int which = 0; which < 3; which++)
                    {
                        int stride = which == 0 ? alone.QueryStride : alone.KeyStride;
                        for (int d = 0; d < stride; d++)
                        {
                            sums[which][(rows[i] * stride) + d] += parts[which].Gradient[(i * stride) + d];
                        }
                    }
                }
            }

            for (int which = 0; which < 3; which++)
            {
                Differences.AssertClose(sums[which], tensors[which].Gradient);
            }
        }
    }

    [Fact]
    public void Instruction_sets_and_numbers_of_workers_change_no_bit()
    {
        SegmentLayout layout = new();
        Grow(layout, [(-1, 35), (0, 21), (0, 9), (1, 3), (-1, 130), (-1, 17), (5, 16), (6, 1)]);
        Case sizes = new(layout, 6, 3, 40);
        using Workers one = new(1), two = new(2), three = new(3);
        float[][]? expected = null;
        foreach (Workers workers in new[] { one, two, three })
        {
            foreach (InstructionSet set in Enum.GetValues<InstructionSet>())
            {
                using Tape tape = new(workers);
                tape.Backend.InstructionSet = set;
                Tensor[] tensors = sizes.Run(tape, out Tensor output);
                float[][] results = [output.Data.ToArray(), .. tensors.Select(t => t.Gradient.ToArray())];
                expected ??= results;
                for (int i = 0; i < results.Length; i++)
                {
                    Differences.AssertSameBits(expected[i], results[i]);
                }
            }
        }
    }

    [Fact]
    public void Numbers_that_a_row_may_not_see_cannot_touch_it()
    {
        SegmentLayout layout = new();
        Grow(layout, [(-1, 20), (0, 18), (0, 18), (-1, 20)]);
        Case clean = new(layout, 2, 1, 16), hostile = new(layout, 2, 1, 16);
        foreach (int row in (int[])[19 + 18, 38])
        {
            hostile.Inputs[1].AsSpan(row * 16, 16).Fill(float.NaN);
            hostile.Inputs[2].AsSpan(row * 16, 16).Fill(float.PositiveInfinity);
        }

        using Tape first = new(), second = new();
        clean.Run(first, out Tensor expected);
        Tensor[] gradients = hostile.Run(second, out Tensor actual);

        // The last row of the second segment and the first of the third are hostile: the third sees nothing of the second, nor the other tree of both.
        Differences.AssertSameBits(expected.Data[..(37 * 32)], actual.Data[..(37 * 32)]);
        Differences.AssertSameBits(expected.Data[(56 * 32)..], actual.Data[(56 * 32)..]);
        Assert.True(float.IsNaN(actual.Data[40 * 32]));
        Assert.All(gradients[1].Gradient[(56 * 16)..].ToArray(), g => Assert.True(float.IsFinite(g)));
    }

    [Fact]
    public void Layouts_may_change_after_the_call()
    {
        SegmentLayout layout = new();
        Grow(layout, [(-1, 9), (0, 4)]);
        Case sizes = new(layout, 2, 2, 8);
        using Tape first = new(), second = new();
        Tensor[] expected = sizes.Run(first, out _);
        Tensor[] actual = sizes.Run(second, out _, beforeBackward: layout.Clear);
        Differences.AssertSameBits(expected[1].Gradient, actual[1].Gradient);
    }

    [Fact]
    public void Warm_updates_allocate_nothing()
    {
        SegmentLayout layout = new();
        Grow(layout, [(-1, 35), (0, 21), (0, 9)]);
        float[] x = Differences.Normal(layout.Rows * 32, 1);
        int[] rows = [1, 2, 3], targets = [0, 1, 2], positions = new int[layout.Rows];
        layout.WritePositions(positions);
        using Workers workers = new(1);
        using Tape tape = new(workers);
        using RotaryTable rotary = new(10000, 16, 64);
        using Parameter norm = new("norm", new Shape(32)), head = new("head", new Shape(10, 32));
        long before = 0;
        for (int step = 0; step < 6; step++)
        {
            before = step == 3 ? GC.GetAllocatedBytesForCurrentThread() : before;
            Tensor hidden = tape.Input(new Shape(layout.Rows, 32), x, requiresGradient: true).RmsNorm(norm);
            Tensor attended = hidden.Rotary(rotary, positions).Attention(hidden, hidden, layout, 2, 2);
            attended.SwiGlu(hidden).Head(head, rows, targets, out Tensor logProb, out _);
            tape.Seed(logProb, [1f, 1f, 1f]);
            tape.Backward();
            tape.Reset();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    internal static void Grow(SegmentLayout layout, ReadOnlySpan<(int Parent, int Length)> segments)
    {
        foreach ((int parent, int length) in segments)
        {
            layout.Add(parent, length);
        }
    }

    internal sealed class Case
    {
        private readonly SegmentLayout layout;
        private readonly int[] parents;
        private readonly int heads;
        private readonly int keyHeads;
        private readonly int dimension;

        public Case(SegmentLayout layout, int heads, int keyHeads, int dimension)
        {
            this.layout = layout;
            this.heads = heads;
            this.keyHeads = keyHeads;
            this.dimension = dimension;
            parents = layout.Parent.ToArray();
            Inputs =
            [
                Differences.Normal(layout.Rows * QueryStride, 1),
                Differences.Normal(layout.Rows * KeyStride, 2),
                Differences.Normal(layout.Rows * KeyStride, 3),
            ];
            Seeds = Differences.Normal(layout.Rows * QueryStride, 4);
        }

        public int QueryStride => heads * dimension;

        public int KeyStride => keyHeads * dimension;

        public float[][] Inputs { get; private set; }

        public float[] Seeds { get; private set; }

        public Case Pick(SegmentLayout chain, int[] rows, int seeded)
        {
            float[] Take(float[] all, int stride) => [.. rows.SelectMany(r => all.Skip(r * stride).Take(stride))];
            Case picked = new(chain, heads, keyHeads, dimension)
            {
                Inputs = [Take(Inputs[0], QueryStride), Take(Inputs[1], KeyStride), Take(Inputs[2], KeyStride)],
                Seeds = Take(Seeds, QueryStride),
            };
            picked.Seeds.AsSpan(0, (rows.Length - seeded) * QueryStride).Clear();
            return picked;
        }

        public Tensor[] Run(Tape tape, out Tensor output, Action? beforeBackward = null)
        {
            Tensor q = tape.Input(new Shape(layout.Rows, QueryStride), Inputs[0], true);
            Tensor k = tape.Input(new Shape(layout.Rows, KeyStride), Inputs[1], true);
            Tensor v = tape.Input(new Shape(layout.Rows, KeyStride), Inputs[2], true);
            output = q.Attention(k, v, layout, heads, keyHeads);
            beforeBackward?.Invoke();
            tape.Seed(output, Seeds);
            tape.Backward();
            return [q, k, v];
        }

        public double[] Reference(double[][] inputs)
        {
            double[] result = new double[layout.Rows * QueryStride];
            for (int segment = 0; segment < parents.Length; segment++)
            {
                List<int> visible = [];
                for (int at = parents[segment]; at >= 0; at = parents[at])
                {
                    visible.InsertRange(0, Enumerable.Range(layout.Start[at], layout.Length[at]));
                }

                for (int row = layout.Start[segment]; row < layout.Start[segment] + layout.Length[segment]; row++)
                {
                    visible.Add(row);
                    for (int head = 0; head < heads; head++)
                    {
                        int keyOffset = head / (heads / keyHeads) * dimension, queryAt = (row * QueryStride) + (head * dimension);
                        double[] p =
                        [
                            .. visible.Select(
                                j => Math.Exp(
                                    Enumerable.Range(0, dimension).Sum(d => inputs[0][queryAt + d] * inputs[1][(j * KeyStride) + keyOffset + d])
                                    / Math.Sqrt(dimension))),
                        ];
                        double sum = p.Sum();
                        for (int d = 0; d < dimension; d++)
                        {
                            result[queryAt + d] = visible.Select((j, i) => p[i] * inputs[2][(j * KeyStride) + keyOffset + d]).Sum() / sum;
                        }
                    }
                }
            }

            return result;
        }
    }
}
