using Proximal.Models.Configuration;
using Proximal.Models.Llama;
using Proximal.Recipes;
using Proximal.Recipes.Explanations;
using Proximal.Rollouts;
using Proximal.Selection;
using Proximal.Tensors;
using Proximal.Tensors.Random;
using Proximal.Tests.Rollouts;
using Proximal.Tests.Training;
using Proximal.Training;

namespace Proximal.Tests.Selection;

public sealed class CurvatureTests
{
    [Theory]
    [InlineData(0.5, 0, 0.05, 0.00125)]
    [InlineData(0.8, 1, 0.134144, 0.008192)]
    [InlineData(0.8, 0, 0.007904, 3.2e-5)]
    public void Shifts_of_the_card(double first, int action, double objective, double policy)
    {
        (double actualObjective, double actualPolicy) = Predict([first, 1 - first], action, 1, 0.1);
        Assert.Equal(objective, actualObjective, 1e-9);
        Assert.Equal(policy, actualPolicy, 1e-9);
    }

    [Fact]
    public void The_objective_shift_is_close_to_the_true_change_of_the_ratio_and_the_fisher_term_to_the_true_divergence()
    {
        double[] probabilities = [0.8, 0.2], direction = [-0.8, 0.8], moved = Softmax(Math.Log(0.8) - 0.08, Math.Log(0.2) + 0.08);
        Assert.Equal(0.226831, moved[1], 1e-6);
        Assert.Equal(0.134153, (moved[1] / 0.2) - 1, 1e-6);
        double divergence = (0.8 * Math.Log(0.8 / moved[0])) + (0.2 * Math.Log(0.2 / moved[1]));
        Assert.Equal(0.00211363, divergence, 1e-8);
        Assert.Equal(0.002048, 0.5 * 0.01 * OutputCurvature.Variance(probabilities, direction), 1e-9);
        double[] back = Softmax(Math.Log(0.8) + 0.004, Math.Log(0.2) - 0.004);
        Assert.Equal(0.0079041, (Softmax(Math.Log(0.8) + 0.02, Math.Log(0.2) - 0.02)[0] / 0.8) - 1, 1e-6);
        Assert.True(back[0] > 0.8);
    }

    [Fact]
    public void Halving_the_learning_rate_quarters_the_policy_shift_and_halves_the_objective_shift_to_first_order()
    {
        (double objective, double policy) = Predict([0.8, 0.2], 1, -0.7, 1e-4);
        (double half, double quarter) = Predict([0.8, 0.2], 1, -0.7, 5e-5);
        Assert.Equal(4, policy / quarter, 1e-9);
        Assert.Equal(2, objective / half, 1e-3);
    }

    [Fact]
    public void The_direction_under_adam_is_that_of_the_whole_matrix()
    {
        RandomStream random = new(3, RandomPurpose.User);
        const int Rows = 5, Hidden = 3;
        double[][] first = [.. Enumerable.Range(0, Rows).Select(_ => new double[Hidden])], second = [.. Enumerable.Range(0, Rows).Select(_ => new double[Hidden])];
        OutputMoments moments = new(0.9, 0.99);
        for (int step = 1; step <= 4; step++)
        {
            Dictionary<int, double[]> gradient = [];
            for (int row = 0; row < Rows; row++)
            {
                double[] values = [.. Enumerable.Range(0, Hidden).Select(i => random.Normal((step * 100) + (row * 10) + i))];
                if (row != step)
                {
                    gradient.Add(row, values);
                }

                for (int i = 0; i < Hidden; i++)
                {
                    double g = row == step ? 0 : values[i];
                    first[row][i] = (0.9 * first[row][i]) + (0.1 * g);
                    second[row][i] = (0.99 * second[row][i]) + (0.01 * g * g);
                }
            }

            moments.Update(gradient);
        }

        float[] hidden = [0.3f, -1, 0.7f];
        double[] score = [0.1, -0.4, 0.5, -0.3, 0.1], direction = new double[Rows];
        moments.Direction([0, 1, 2, 3, 4], hidden, score, -1.3, direction);
        for (int row = 0; row < Rows; row++)
        {
            double expected = 0;
            for (int i = 0; i < Hidden; i++)
            {
                double g = -1.3 * score[row] * hidden[i];
                double m = ((0.9 * first[row][i]) + (0.1 * g)) / (1 - Math.Pow(0.9, 5)), s = ((0.99 * second[row][i]) + (0.01 * g * g)) / (1 - Math.Pow(0.99, 5));
                expected += m / (Math.Sqrt(s) + 1e-8) * hidden[i];
            }

            Assert.Equal(expected, direction[row], 1e-9);
        }
    }

    [Fact]
    public void Without_moments_the_direction_is_the_gradient()
    {
        double[] gradient = new double[2], adam = new double[2];
        OutputCurvature.GradientDirection([1, 2], [0.2, -0.2], 3, gradient);
        new OutputMoments(0.9, 0.999).Direction([0, 1], [1, 2], [0.2, -0.2], 3, adam);
        Assert.Equal(3, gradient[0], 1e-12);
        Assert.Equal(gradient, adam);
    }

    [Theory]
    [InlineData(0.005, 1e-5, false, true)]
    [InlineData(-0.005, 1e-5, false, true)]
    [InlineData(-0.005, 1e-5, true, false)]
    [InlineData(0.02, 1e-5, false, false)]
    [InlineData(0.005, 1e-3, false, false)]
    public void A_token_is_accepted_within_both_limits(double objective, double policy, bool oneSided, bool accepted) =>
        Assert.Equal(accepted, CurvatureSelection.Accepts(objective, policy, 1e-2, 1e-4, oneSided));

    [Fact]
    public void Limits_of_zero_leave_nothing_and_wide_ones_everything()
    {
        PathBatch none = Layered(), all = Layered();
        new CurvatureSelection(new CurvatureSelectionOptions { PolicyLimit = 0 }).Select(none);
        Assert.Equal(new float[none.TokenCount], none.Mask.ToArray());
        float[] mask = all.Mask.ToArray();
        new CurvatureSelection(new CurvatureSelectionOptions { PolicyLimit = 1e9, ObjectiveLimit = 1e9 }).Select(all);
        Assert.Equal(mask, all.Mask.ToArray());
    }

    [Fact]
    public void Calibration_accepts_all_and_then_refuses_the_share_above_the_quantile()
    {
        CurvatureSelection selection = new(new CurvatureSelectionOptions { CalibrationSteps = 1, Quantile = 0.5, Adam = false });
        PathBatch batch = Layered();
        selection.Select(batch);
        Assert.Equal(0, Rejected(selection));
        batch.Step = 1;
        selection.Select(batch);
        Assert.InRange(Rejected(selection), 0.45, 0.8);
    }

    [Fact]
    public void A_restricted_vocabulary_holds_the_likeliest_rows_and_the_sampled_one()
    {
        PathBatch wide = Layered(), narrow = Layered(), all = Layered();
        new CurvatureSelection(new CurvatureSelectionOptions { Adam = false, PolicyLimit = 1e-7, Top = 7 }).Select(wide);
        new CurvatureSelection(new CurvatureSelectionOptions { Adam = false, PolicyLimit = 1e-7, Top = 100 }).Select(all);
        new CurvatureSelection(new CurvatureSelectionOptions { Adam = false, PolicyLimit = 1e-7, Top = 2 }).Select(narrow);
        Assert.Equal(all.Mask.ToArray(), wide.Mask.ToArray());
        Assert.NotEqual(all.Mask.ToArray(), new float[all.TokenCount]);
        Assert.True(narrow.Mask.ToArray().Sum() > 0);
    }

    [Fact]
    public void Hidden_states_times_the_output_layer_are_the_log_probabilities()
    {
        RolloutBatch batch = TestTrees.Batch(seed: 7, trees: 6);
        using LlamaModel model = LlamaModel.Create(
            new LlamaConfiguration { VocabularySize = TestTrees.Vocabulary, HiddenSize = 16, IntermediateSize = 20, Layers = 1, Heads = 2, TieEmbeddings = true },
            seed: 1);
        using Workers workers = new(2);
        using UpdateLanes lanes = new(model, workers, microbatchTokens: 40);
        new PolicyUpdater(lanes, null).ScoreOutputLayer(batch);
        PathBatch paths = batch.Paths.Groups(1, batch.Paths.GroupCount);
        Assert.Equal(new Shape(TestTrees.Vocabulary, 16), paths.OutputWeights!.Shape);
        for (int t = 0; t < paths.TokenCount; t++)
        {
            if (paths.Mask[t] != 0)
            {
                double[] logits = new double[TestTrees.Vocabulary];
                for (int row = 0; row < logits.Length; row++)
                {
                    for (int i = 0; i < 16; i++)
                    {
                        logits[row] += model.OutputWeights.Data[(row * 16) + i] * paths.Hidden(t)[i];
                    }
                }

                Assert.Equal(logits[paths.Tokens[t]] - Math.Log(logits.Sum(Math.Exp)), paths.Current[t], 1e-5);
            }
        }
    }

    [Fact]
    public void A_run_whose_every_token_is_refused_has_no_gradient_and_one_without_limits_is_the_base_algorithm()
    {
        StepReport[] grpo = Steps("objective: grpo\n  regularizers: []"), all = Steps("objective: capo-curvature\n  selection: [ { name: capo, policy-limit: 1e9, objective-limit: 1e9 } ]");
        Assert.Equal(grpo.Select(s => s["loss/total"]), all.Select(s => s["loss/total"]));
        Assert.Equal(grpo.Select(s => s["gradient/norm"]), all.Select(s => s["gradient/norm"]));
        StepReport[] none = Steps("objective: capo-curvature\n  selection: [ { name: capo, policy-limit: 0 } ]");
        Assert.All(none, s => Assert.Equal((0, 1), (s["gradient/norm"], s["capo/rejected"])));
        Assert.All(none, s => Assert.Contains(1f, s.Rollouts!.Paths.Mask.ToArray()));
    }

    [Fact]
    public void The_memory_estimate_counts_the_hidden_states_of_a_minibatch()
    {
        Recipe recipe = TinyRuns.Recipe("objective: capo-curvature");
        int prompt = recipe.CreateTask().Lengths.Prompt;
        Assert.Equal(4.0 * 16 * (2 * 3 * (prompt + 8)), MemoryEstimate.Of(recipe).HiddenStates);
        Assert.Equal(0, MemoryEstimate.Of(TinyRuns.Recipe("objective: dapo")).HiddenStates);
    }

    private static StepReport[] Steps(string policy)
    {
        using TemporaryFolder folder = new();
        Recorder recorder = new();
        TinyRuns.Train(TinyRuns.Recipe(policy), folder.Path, observer: recorder);
        return [.. recorder.Steps.Where(step => step.Stage == Proximal.Runs.TrainingStage.Policy)];
    }

    private static (double Objective, double Policy) Predict(double[] probabilities, int action, double advantage, double learningRate)
    {
        double[] score = [.. probabilities.Select((p, j) => (j == action ? 1 : 0) - p)], direction = new double[probabilities.Length];
        OutputCurvature.GradientDirection([1], score, advantage, direction);
        return OutputCurvature.Shifts(probabilities, score, direction, advantage, learningRate);
    }

    private static double Rejected(CurvatureSelection selection) => selection.Metrics.Single(m => m.Name == "capo/rejected").Value;

    private static double[] Softmax(double a, double b)
    {
        double total = Math.Exp(a) + Math.Exp(b);
        return [Math.Exp(a) / total, Math.Exp(b) / total];
    }

    /// <summary>A random batch with an output layer of eight rows over hidden states of four numbers.</summary>
    private static PathBatch Layered()
    {
        PathBatch batch = Batches.Random(5);
        RandomStream random = new(9, RandomPurpose.User);
        Parameter weights = new("head", new Shape(8, 4));
        for (int i = 0; i < weights.Length; i++)
        {
            weights.Data[i] = (float)random.Normal(i);
        }

        batch.SetOutputLayer(weights, 4);
        for (int t = 0; t < batch.TokenCount; t++)
        {
            batch.Tokens[t] = random.Integer(1000 + t, 8);
            for (int i = 0; i < 4; i++)
            {
                batch.HiddenRow(t)[i] = (float)random.Normal(2000 + (t * 4) + i);
            }
        }

        batch.LearningRate = 1e-3;
        return batch;
    }
}
