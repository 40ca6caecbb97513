using Proximal.Control.Algorithms.OffPolicy;
using Proximal.Control.Learning;
using Proximal.Control.Spaces;
using Proximal.Control.Values;
using Proximal.Models.Networks;
using Proximal.Tensors;
using Proximal.Tensors.Optimizers;
using Proximal.Tensors.Random;

namespace Proximal.Control.Tests.Values;

public sealed class ContinuousValueTests
{
    private static readonly NetworkSettings Network = new() { Hidden = [16, 16], Activation = Activation.Relu, Orthogonal = false };

    [Fact]
    public void An_action_of_the_squashed_gaussian_equals_the_worked_numbers()
    {
        float[] action = new float[1], logProb = new float[1];
        SquashedGaussian.Sample([0, OutputOf(1)], [0.5f], action, logProb);
        Assert.Equal(0.462117f, action[0], 5);
        Assert.Equal(-0.803710f, logProb[0], 5);
    }

    [Fact]
    public void Log_probabilities_of_given_actions_equal_those_of_drawn_ones()
    {
        float[] outputs = [0.3f, -0.2f, OutputOf(0.5f), OutputOf(0.9f)], actions = new float[2], drawn = new float[1], given = new float[1];
        SquashedGaussian.Sample(outputs, [0.7f, -1.1f], actions, drawn);
        SquashedGaussian.LogProb(outputs, actions, given);
        Assert.Equal(drawn[0], given[0], 4);
    }

    [Fact]
    public void The_gradient_through_a_drawn_action_is_that_of_its_differences()
    {
        float[] noise = [0.3f, -0.8f, 1.2f, 0.1f];
        DiscreteValueTests.CheckGradient(2, 4, (outputs, _, gradient) =>
        {
            float[] actions = new float[4], logProbs = new float[2];
            SquashedGaussian.Sample(outputs, noise, actions, logProbs);

            // L = sum of a_i (i + 1) / 4 + 0.3 log pi.
            SquashedGaussian.Gradient(outputs, noise, actions, [0.25f, 0.5f, 0.75f, 1], [0.3f, 0.3f], gradient);
            return actions.Select((action, i) => action * (i + 1) / 4.0).Sum() + (0.3 * logProbs.Sum());
        });
    }

    [Fact]
    public void Without_temperature_and_deviation_the_target_is_that_of_td3_without_smoothing()
    {
        float[] action = new float[1], logProb = new float[1];
        SquashedGaussian.Sample([0.4f, -20], [1], action, logProb);
        Assert.InRange(action[0], Math.Tanh(0.39), Math.Tanh(0.41));
        float[] least = [1.25f];
        Sac.SubtractEntropyCost(least, logProb, 0);
        Assert.Equal(1.25f, least[0]);
    }

    [Fact]
    public void The_temperature_grows_where_the_entropy_is_below_its_target()
    {
        // log pi = 3 means an entropy of -3, below the target of -1.
        Assert.True(SquashedGaussian.TemperatureLoss([3], -1, 0.5) < 0);
        Assert.True(SquashedGaussian.TemperatureLoss([-3], -1, 0.5) > 0);
        Assert.Equal(-Math.Exp(0.5) * 2, SquashedGaussian.TemperatureLoss([3], -1, 0.5), 6);
        using Temperature temperature = new(1, learned: true, targetEntropy: -1, learningRate: 0.01), still = new(1, learned: false, targetEntropy: -1, learningRate: 0.01);
        temperature.Fit([3, 3]);
        still.Fit([3, 3]);
        Assert.Equal(Math.Exp(0.01), temperature.Value, 5);
        Assert.Equal(1, still.Value);
    }

    [Fact]
    public void The_soft_value_of_the_boltzmann_policy_is_the_soft_maximum()
    {
        float[] values = [1, -0.5f, 2], probabilities = new float[3], logProbs = new float[3], gradient = new float[3];
        const double Alpha = 0.7;
        MaskedSoftmax.Compute([.. values.Select(value => (float)(value / Alpha))], [], probabilities, logProbs);
        Assert.Equal(Alpha * Math.Log(values.Sum(value => Math.Exp(value / Alpha))), SoftValues.Expected(probabilities, logProbs, values, Alpha), 5);

        // It is where the policy's gradient vanishes.
        SoftValues.PolicyGradient(probabilities, logProbs, values, Alpha, 1, gradient);
        Assert.All(gradient, slope => Assert.Equal(0, slope, 5));
    }

    [Fact]
    public void The_gradient_of_the_discrete_policy_is_that_of_its_differences()
    {
        float[] values = [1, -0.5f, 2];
        DiscreteValueTests.CheckGradient(1, 3, (logits, _, gradient) =>
        {
            float[] probabilities = new float[3], logProbs = new float[3];
            MaskedSoftmax.Compute(logits, [], probabilities, logProbs);
            return SoftValues.PolicyGradient(probabilities, logProbs, values, 0.3, 1, gradient);
        });
    }

    [Fact]
    public void Illegal_actions_have_no_probability_and_no_weight()
    {
        float[] probabilities = new float[3], logProbs = new float[3];
        MaskedSoftmax.Compute([1, 50, 1], [true, false, true], probabilities, logProbs);
        Assert.Equal([0.5f, 0, 0.5f], probabilities);
        Assert.Equal((float)(2 + (0.3 * Math.Log(2))), SoftValues.Expected(probabilities, logProbs, [1, 1000, 3], 0.3), 5);
    }

    [Fact]
    public void The_target_of_several_critics_exceeds_none_of_them()
    {
        float[] least = new float[3];
        TemporalDifference.Least([1, 5, -2, 3, 4, -2, 2, 9, 9], least);
        Assert.Equal([1f, 4, -2], least);
    }

    [Fact]
    public void Target_actions_are_smoothed_within_bounds()
    {
        float[] actions = [0, 0, 0.9f, -0.9f];
        Td3.SmoothTarget(actions, [1, 10, 10, -10], 0.2, 0.5);
        Assert.Equal([0.2f, 0.5f, 1, -1], actions);
    }

    [Fact]
    public void The_derivative_of_a_critic_by_the_action_is_that_of_its_differences()
    {
        using CriticEnsemble critics = new("critic", 2, 3, 2, Network with { Activation = Activation.Tanh }, new AdamOptions(), 3);
        float[] states = [0.1f, 0.4f, -1, 0.3f, 2, 0.7f], actions = [0.2f, -0.3f, 0.8f, 0.1f], values = new float[2], gradient = new float[4], all = new float[4];
        foreach (bool least in new[] { false, true })
        {
            critics.ActionGradient(states, actions, least, values, gradient);
            for (int i = 0; i < actions.Length; i++)
            {
                double[] sums = [.. new[] { 1e-2f, -1e-2f }.Select(step =>
                {
                    float[] moved = [.. actions];
                    moved[i] += step;
                    critics.Evaluate(states, moved, ofTargets: false, all);
                    return least ? Math.Min(all[0], all[2]) + Math.Min(all[1], all[3]) : (double)all[0] + all[1];
                })];
                Assert.Equal((sums[0] - sums[1]) / 2e-2, gradient[i], 3);
            }
        }
    }

    [Fact]
    public void The_derivative_by_the_action_leaves_no_gradient_in_the_critics_and_does_not_stop_their_learning()
    {
        using CriticEnsemble critics = new("critic", 2, 1, 1, Network, new AdamOptions { LearningRate = 1e-2 }, 3);
        float[] values = new float[1], gradient = new float[1];
        critics.ActionGradient([0.5f], [0.1f], least: true, values, gradient);
        Assert.All(critics.Parameters, parameter => Assert.True(parameter.Gradient.IsEmpty));
        double first = critics.Fit([0.5f], [0.1f], [1]), last = 0;
        for (int i = 0; i < 100; i++)
        {
            last = critics.Fit([0.5f], [0.1f], [1]);
        }

        Assert.True(last < first / 100);
    }

    [Fact]
    public void Target_networks_begin_as_the_critics_and_follow_with_tau()
    {
        using CriticEnsemble critics = new("critic", 1, 1, 1, Network, new AdamOptions { LearningRate = 1e-2 }, 3);
        float before = critics.Targets[0].Parameters[0].Data[0];
        Assert.Equal(critics.Critics[0].Parameters[0].Data[0], before);
        critics.Fit([0.5f], [0.1f], [1]);
        float moved = critics.Critics[0].Parameters[0].Data[0];
        critics.MoveTargets(0.25);
        Assert.Equal(before + (0.25f * (moved - before)), critics.Targets[0].Parameters[0].Data[0], 6);
    }

    [Fact]
    public void Scaled_actions_go_to_the_box_and_back()
    {
        BoxSpace box = new([-2, 0], [2, 10]);
        float[] actions = new float[4], unit = new float[4];
        box.FromUnit([-1, 1, 0.5f, 0], actions);
        Assert.Equal([-2f, 10, 1, 5], actions);
        box.ToUnit(actions, unit);
        Assert.Equal([-1f, 1, 0.5f, 0], unit);
    }

    [Fact]
    public void Normal_numbers_in_quantity_have_mean_0_and_deviation_1()
    {
        float[] values = new float[40_001];
        GaussianNoise.Fill(new RandomStream(2, RandomPurpose.User), values);
        Assert.Equal(0, values.Average(), 1);
        Assert.InRange(values.Average(value => value * value), 0.97, 1.03);
        Assert.InRange(values.Average(value => value * value * value * value), 2.8, 3.2);
    }

    /// <summary>The output x for which the deviation is a given one.</summary>
    private static float OutputOf(float deviation) => MathF.Atanh(((MathF.Log(deviation) + 5) / 3.5f) - 1);
}
