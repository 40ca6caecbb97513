using Proximal.Control.Values;
using Proximal.Models.Networks;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Control.Tests.Values;

public sealed class DiscreteValueTests
{
    [Fact]
    public void A_terminated_transition_is_worth_its_reward()
    {
        float[] targets = new float[2];
        TemporalDifference.Targets([1.5f, 1.5f], [0, 1], [100, 2], 0.9, targets);
        Assert.Equal([1.5f, 1.5f + (0.9f * 2)], targets);
    }

    [Fact]
    public void One_transition_has_target_2_8_loss_0_64_and_slope_minus_1_6()
    {
        float[] target = new float[1], errors = new float[1], gradient = new float[1];
        TemporalDifference.Targets([1], [1], [2], 0.9, target);
        Assert.Equal(2.8f, target[0], 6);
        Assert.Equal(0.64, TemporalDifference.SquaredLoss([2], target, [1], errors, gradient), 6);
        Assert.Equal(-1.6f, gradient[0], 6);
        Assert.Equal(-0.8f, errors[0], 6);
    }

    [Fact]
    public void A_table_with_plain_gradient_steps_is_q_learning()
    {
        float q = 0.3f;
        const float Rate = 0.1f, Target = 2;
        for (int i = 0; i < 10; i++)
        {
            float[] errors = new float[1], gradient = new float[1];
            TemporalDifference.SquaredLoss([q], [Target], [1], errors, gradient);
            float expected = q + (2 * Rate * (Target - q));
            q -= Rate * gradient[0];
            Assert.Equal(expected, q, 6);
        }
    }

    [Fact]
    public void The_huber_loss_is_square_inside_and_straight_outside()
    {
        float[] errors = new float[2], gradient = new float[2];
        double loss = TemporalDifference.HuberLoss([0.5f, 4], [0, 0], [1, 2], errors, gradient);
        Assert.Equal((0.125 + (2 * 3.5)) / 2, loss, 6);
        Assert.Equal([0.25f, 1f], gradient);
    }

    [Fact]
    public void Double_q_learning_takes_the_target_value_of_the_online_choice()
    {
        int[] single = new int[1], twin = new int[1];
        float[] target = [5, 2], value = new float[1];
        DiscreteActions.Greedy(target, [], single);
        DiscreteActions.Select(target, single, value);
        Assert.Equal(5, value[0]);
        DiscreteActions.Greedy([1, 3], [], twin);
        DiscreteActions.Select(target, twin, value);
        Assert.Equal(2, value[0]);
    }

    [Fact]
    public void A_double_target_is_never_more_than_a_single_one()
    {
        RandomStream stream = new(5, RandomPurpose.User);
        for (int trial = 0; trial < 200; trial++)
        {
            float[] online = new float[4], target = new float[4];
            for (int i = 0; i < 4; i++)
            {
                online[i] = (float)stream.Normal((trial * 8) + i);
                target[i] = (float)stream.Normal((trial * 8) + 4 + i);
            }

            Assert.True(target[DiscreteActions.Greedy(online, [])] <= target[DiscreteActions.Greedy(target, [])]);
        }
    }

    [Fact]
    public void The_maximum_of_noisy_values_is_biased_and_the_double_estimate_is_not()
    {
        // Ten actions of value 0 with rewards N(0, 1), learned by two tables from separate draws: max_a Q_1 against Q_2(argmax_a Q_1).
        RandomStream stream = new(7, RandomPurpose.User);
        double single = 0, twin = 0;
        const int Trials = 200, Updates = 20;
        for (int trial = 0; trial < Trials; trial++)
        {
            float[] first = new float[10], second = new float[10];
            for (int action = 0; action < 10; action++)
            {
                for (int update = 0; update < Updates; update++)
                {
                    long place = ((((trial * 10) + action) * Updates) + update) * 2;
                    first[action] += 0.3f * ((float)stream.Normal(place) - first[action]);
                    second[action] += 0.3f * ((float)stream.Normal(place + 1) - second[action]);
                }
            }

            int greedy = DiscreteActions.Greedy(first, []);
            single += first[greedy] / Trials;
            twin += second[greedy] / Trials;
        }

        Assert.True(single > 0.5, $"{single}");
        Assert.InRange(twin, -0.15, 0.15);
    }

    [Fact]
    public void Illegal_actions_are_neither_greedy_nor_drawn()
    {
        Assert.Equal(2, DiscreteActions.Greedy([5, 9, 1], [false, false, true]));
        Assert.Equal([1, 3], Enumerable.Range(0, 2).Select(k => DiscreteActions.Legal([false, true, false, true], k)));
    }

    [Fact]
    public void Epsilon_falls_in_a_line_over_half_of_learning()
    {
        Assert.Equal([1, 0.525, 0.05, 0.05], new[] { 0, 0.25, 0.5, 0.9 }.Select(progress => Math.Round(ExplorationSchedule.Linear(progress, 1, 0.05, 0.5), 12)));
    }

    [Fact]
    public void The_ladder_goes_from_epsilon_to_epsilon_to_the_power_of_1_plus_alpha()
    {
        Assert.Equal(0.4, ExplorationSchedule.Ladder(0, 8), 12);
        Assert.Equal(Math.Pow(0.4, 4.5), ExplorationSchedule.Ladder(1, 3), 12);
        Assert.Equal(Math.Pow(0.4, 8), ExplorationSchedule.Ladder(7, 8), 12);
        Assert.Equal(0.4, ExplorationSchedule.Ladder(0, 1), 12);
    }

    [Fact]
    public void The_projection_of_three_atoms_equals_the_worked_numbers()
    {
        float[] target = new float[3];
        CategoricalValues.Project([0.2f, 0.5f, 0.3f], [0.5f], [1], 0.9, -1, 1, target);
        Assert.Equal([0.08f, 0.37f, 0.55f], target.Select(mass => MathF.Round(mass, 6)));
    }

    [Fact]
    public void The_projection_keeps_mass_and_mean_inside_the_atoms_and_ends_at_the_reward()
    {
        RandomStream stream = new(3, RandomPurpose.User);
        float[] target = new float[21];
        for (int trial = 0; trial < 50; trial++)
        {
            float[] probabilities = [.. Enumerable.Range(0, 21).Select(i => (float)stream.Uniform((trial * 30) + i))];
            float sum = probabilities.Sum();
            probabilities = [.. probabilities.Select(p => p / sum)];
            float reward = (float)stream.Uniform((trial * 30) + 25);
            CategoricalValues.Project(probabilities, [reward], [1], 0.5, -10, 10, target);
            Assert.Equal(1, target.Sum(), 5);
            Assert.Equal(reward + (0.5f * CategoricalValues.Mean(probabilities, -10, 10)), CategoricalValues.Mean(target, -10, 10), 4);
            CategoricalValues.Project(probabilities, [3], [0], 0.5, -10, 10, target);
            Assert.Equal(1, target[13], 5);
        }
    }

    [Fact]
    public void The_gradient_of_the_cross_entropy_is_that_of_its_differences()
    {
        float[] targets = [0.1f, 0.6f, 0.3f, 0.5f, 0.5f, 0], weights = [1, 0.4f];
        CheckGradient(2, 3, (logits, losses, gradient) => CategoricalValues.CrossEntropy(logits, targets, weights, losses, gradient));
    }

    [Fact]
    public void The_gradient_of_the_quantile_loss_is_that_of_its_differences()
    {
        float[] targets = [0.1f, 2.6f, -1.3f, 0.55f, 0.5f, -3], weights = [1, 0.4f];
        CheckGradient(2, 3, (quantiles, losses, gradient) => QuantileValues.HuberLoss(quantiles, targets, weights, losses, gradient));
    }

    [Fact]
    public void One_quantile_and_one_target_have_half_the_huber_loss()
    {
        float[] losses = new float[1], gradient = new float[1];
        Assert.Equal(0.5 * 0.5 * 0.25, QuantileValues.HuberLoss([1], [1.5f], [1], losses, gradient), 6);
        Assert.Equal(-0.25f, gradient[0], 6);
    }

    [Fact]
    public void Quantiles_settle_at_the_midpoints_of_the_distribution()
    {
        float[] theta = [0, 0], targets = [0, 1, 2, 3], losses = new float[1], gradient = new float[2];
        for (int i = 0; i < 4000; i++)
        {
            // Every target once in each step: the loss over two quantiles and a pair of targets at a time.
            QuantileValues.HuberLoss(theta, targets.AsSpan(2 * (i % 2), 2), [1], losses, gradient);
            theta[0] -= 0.02f * gradient[0];
            theta[1] -= 0.02f * gradient[1];
        }

        // With Huber's loss these are expectiles within the distance of 1 and lie a little inside 0.5 and 2.5.
        Assert.InRange(theta[0], 0.5, 1.1);
        Assert.InRange(theta[1], 1.9, 2.5);
    }

    [Fact]
    public void Dueling_streams_of_1_and_1_2_3_give_0_1_2()
    {
        using Tape tape = new(recording: false);
        Tensor q = ActionValueNetwork.Duel(tape.Input(new Shape(1, 1), [1]), tape.Input(new Shape(1, 3), [1, 2, 3]));
        Assert.Equal([0f, 1, 2], q.Data.ToArray());
    }

    [Fact]
    public void Dueling_works_atom_by_atom()
    {
        using Tape tape = new(recording: false);
        Tensor q = ActionValueNetwork.Duel(tape.Input(new Shape(1, 2), [1, 10]), tape.Input(new Shape(1, 4), [1, 4, 3, 8]));
        Assert.Equal([0f, 8, 2, 12], q.Data.ToArray());
    }

    [Fact]
    public void A_noisy_layer_of_deviation_0_is_a_linear_one()
    {
        RandomStream stream = NetworkRandom.Stream(4, "layer", 0);
        using NoisyLinearLayer noisy = new("noisy", 5, 3, 0, in stream);
        using LinearLayer plain = new("plain", 5, 3, WeightInitialization.FanIn, in stream);
        noisy.Resample(new RandomStream(1, RandomPurpose.User));
        noisy.IsNoisy = true;
        using Tape tape = new(recording: false);
        Tensor input = tape.Input(new Shape(2, 5), [1, -2, 3, 0.5f, 4, 0, 1, 2, -3, 1]);
        Assert.Equal(plain.Forward(input).Data.ToArray(), noisy.Forward(input).Data.ToArray());
    }

    [Fact]
    public void A_noisy_layer_adds_the_outer_product_of_rooted_noise()
    {
        RandomStream stream = NetworkRandom.Stream(4, "layer", 0), noise = new(1, RandomPurpose.User);
        using NoisyLinearLayer layer = new("noisy", 2, 1, 0.5, in stream);
        layer.Resample(in noise);
        using Tape tape = new(recording: false);
        Tensor input = tape.Input(new Shape(1, 2), [3, -1]);
        float mean = layer.Forward(input).Item;
        layer.IsNoisy = true;
        double first = Root(noise.Normal(0)), second = Root(noise.Normal(1)), output = Root(noise.Normal(2)), deviation = 0.5 / Math.Sqrt(2);
        Assert.Equal(mean + (output * ((deviation * ((3 * first) - second)) + 0.5)), layer.Forward(input).Item, 5);

        static double Root(double x) => Math.Sign(x) * Math.Sqrt(Math.Abs(x));
    }

    internal static void CheckGradient(int rows, int width, Func<float[], float[], float[], double> loss)
    {
        RandomStream stream = new(11, RandomPurpose.User);
        float[] values = [.. Enumerable.Range(0, rows * width).Select(i => (float)stream.Normal(i))], losses = new float[rows], gradient = new float[values.Length], scratch = new float[values.Length];
        loss(values, losses, gradient);
        for (int i = 0; i < values.Length; i++)
        {
            const float Step = 1e-2f;
            float[] above = [.. values], below = [.. values];
            above[i] += Step;
            below[i] -= Step;
            double slope = (loss(above, losses, scratch) - loss(below, losses, scratch)) / (2 * Step);
            Assert.Equal(slope, gradient[i], 3);
        }
    }
}
