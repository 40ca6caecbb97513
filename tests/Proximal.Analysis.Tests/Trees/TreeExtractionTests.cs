using Proximal.Analysis.Trees;
using Proximal.Tensors.Random;

namespace Proximal.Analysis.Tests.Trees;

public sealed class TreeExtractionTests
{
    private static readonly string[] Features = ["temperature", "occupants", "wind"];

    [Fact]
    public void Noise_is_relative_to_the_spread_and_whole_numbers_stay_whole()
    {
        float[] history = History(4000);
        float[] inputs = TreeExtraction.SampleInputs(history, 3, new() { Samples = 4000, Noise = 0.5, Low = [double.NegativeInfinity, 0, 0], High = [100, 100, 100] });
        float[] exact = TreeExtraction.SampleInputs(history, 3, new() { Samples = 4000, Noise = 0 });
        double[] differences = [.. Enumerable.Range(0, 4000).Select(i => (double)inputs[3 * i] - exact[3 * i])];
        double spread = Math.Sqrt(differences.Select(d => d * d).Average());
        Assert.InRange(spread, 0.5 * 2 * 0.95, 0.5 * 2 * 1.05);
        Assert.All(Enumerable.Range(0, 4000), i => Assert.Equal(exact[(3 * i) + 1], inputs[(3 * i) + 1]));
        Assert.All(Enumerable.Range(0, 4000), i => Assert.True(inputs[(3 * i) + 2] >= 0));
        Assert.Contains(Enumerable.Range(0, 4000), i => inputs[(3 * i) + 2] == 0);
    }

    [Fact]
    public void Uniform_inputs_fill_the_box_of_the_history()
    {
        float[] inputs = TreeExtraction.SampleInputs(History(1000), 3, new() { Samples = 3000, Sampling = InputSampling.Uniform });
        Assert.Equal([0, 1, 2, 3], Enumerable.Range(0, 3000).Select(i => inputs[(3 * i) + 1]).Distinct().Order());
        Assert.InRange(Enumerable.Range(0, 3000).Average(i => inputs[(3 * i) + 2]), 1.8, 2.7);
    }

    [Fact]
    public void More_samples_continue_fewer()
    {
        float[] history = History(100), few = TreeExtraction.SampleInputs(history, 3, new() { Samples = 50 }), many = TreeExtraction.SampleInputs(history, 3, new() { Samples = 200 });
        Assert.Equal(few, many[..few.Length]);
    }

    [Fact]
    public void The_mode_of_thirty_runs_is_wrong_as_rarely_as_the_binomial_distribution_says()
    {
        Assert.Equal(0.175, TeacherLabels.ErrorBound(30, 0.6), 3);
        Assert.Equal(0.4, TeacherLabels.ErrorBound(1, 0.6), 12);
        Assert.True(TeacherLabels.ErrorBound(300, 0.6) < 0.001);
        Assert.Equal((0, 1), (TeacherLabels.ErrorBound(5, 1), TeacherLabels.ErrorBound(5, 0)));

        const int rows = 4000;
        int[] labels = TeacherLabels.Mode(Noisy, new float[rows], rows, 2, 30);
        // A draw is an error here, because among equally frequent actions the lower one wins.
        Assert.InRange(labels.Count(label => label == 0) / (double)rows, 0.16, 0.19);

        static void Noisy(ReadOnlySpan<float> inputs, int run, Span<int> actions)
        {
            RandomStream random = new(4, RandomPurpose.User, run);
            for (int row = 0; row < actions.Length; row++)
            {
                actions[row] = random.Uniform(row) < 0.6 ? 1 : 0;
            }
        }
    }

    [Fact]
    public void A_tree_teacher_is_found_again()
    {
        DecisionTree teacher = SampleTrees.Thermostat;
        float[] history = [.. Enumerable.Range(0, 500).SelectMany(i => new float[] { 15 + (i % 100 / 10f), i % 3 })];
        DecisionTree tree = TreeExtraction.Extract((inputs, _, actions) => teacher.Choose(inputs, actions), history, teacher.Features, teacher.Actions, new() { Samples = 500 });
        int[] actions = new int[500];
        teacher.Choose(history, actions);
        Assert.True(tree.Agreement(history, actions) > 0.98);
        Assert.Equal(3, tree.LeafCount);
    }

    [Fact]
    public void Impossible_settings_are_refused()
    {
        Assert.Throws<ArgumentException>(() => TreeExtraction.SampleInputs([], 3, new()));
        Assert.Throws<ArgumentException>(() => TreeExtraction.SampleInputs([1, 2], 3, new()));
        Assert.Throws<ArgumentException>(() => TreeExtraction.SampleInputs([1, 2, 3], 3, new() { Samples = 0 }));
        Assert.Throws<ArgumentException>(() => TreeExtraction.SampleInputs([1, 2, 3], 3, new() { Low = [1] }));
        Assert.Throws<ArgumentException>(() => TeacherLabels.Mode((_, _, actions) => actions.Fill(2), [1], 1, 2, 1));
    }

    /// <summary>Temperatures with standard deviation 2, whole numbers of people, winds from 0.</summary>
    private static float[] History(int rows)
    {
        RandomStream random = new(7, RandomPurpose.User);
        return [.. Enumerable.Range(0, rows).SelectMany(i => new[] { (float)(20 + (2 * random.Normal(3 * i))), i % 4, (float)(4.5 * random.Uniform((6 * i) + 4)) })];
    }
}
