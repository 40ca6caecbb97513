using Proximal.Control.Distributions;
using Proximal.Tensors;
using Proximal.Tensors.Random;
using Xunit;

namespace Proximal.Control.Tests.Distributions;

public sealed class DistributionTests
{
    private static readonly float[] Logits = [0.5f, -1, 2, 0.1f];

    public static TheoryData<string> Families => new("one choice", "three choices", "masked", "gaussian");

    [Fact]
    public void Log_probability_and_entropy_of_even_logits_are_those_of_a_fair_coin()
    {
        double logProb = Categorical.LogProb([3, 3], [], 1, out double entropy);
        Assert.Equal(-Math.Log(2), logProb, 1e-12);
        Assert.Equal(Math.Log(2), entropy, 1e-12);
    }

    [Fact]
    public void Standard_normal_log_density_at_half_is_the_closed_form()
    {
        Assert.Equal(-0.125 - (0.5 * Math.Log(2 * Math.PI)), DiagonalGaussian.LogProb([0], [0], [0.5f]), 1e-12);
        Assert.Equal(0.5 * (1 + Math.Log(2 * Math.PI)) + 1, DiagonalGaussian.Entropy([1]), 1e-12);
    }

    [Fact]
    public void Illegal_elements_have_probability_zero_and_are_never_drawn()
    {
        bool[] mask = [true, false, true, false];
        float[] probabilities = new float[4];
        Categorical.Probabilities(Logits, mask, probabilities);
        Assert.Equal(0, probabilities[1]);
        Assert.Equal(0, probabilities[3]);
        Assert.Equal(1, probabilities.Sum(), 1e-6);
        Assert.Equal(double.NegativeInfinity, Categorical.LogProb(Logits, mask, 1, out _));
        for (int i = 0; i <= 1000; i++)
        {
            Assert.Contains(Categorical.Sample(Logits, mask, Math.Min(i / 1000.0, 0.9999999999)), new[] { 0, 2 });
        }
    }

    [Fact]
    public void Mask_without_a_legal_element_is_refused() =>
        Assert.Throws<ArgumentException>(() => Categorical.Mode(Logits, [false, false, false, false]));

    [Fact]
    public void Draws_have_the_frequencies_of_the_probabilities()
    {
        float[] probabilities = new float[4];
        Categorical.Probabilities(Logits, [], probabilities);
        double[] frequencies = new double[4];
        RandomStream stream = new(1, RandomPurpose.User);
        for (int i = 0; i < 40_000; i++)
        {
            frequencies[Categorical.Sample(Logits, [], stream.Uniform(i))] += 1 / 40_000.0;
        }

        for (int j = 0; j < 4; j++)
        {
            Assert.Equal(probabilities[j], frequencies[j], 0.01);
        }
    }

    [Fact]
    public void Fisher_information_of_a_softmax_is_the_diagonal_minus_the_outer_product()
    {
        float[] p = new float[4], column = new float[4];
        Categorical.Probabilities(Logits, [], p);
        for (int k = 0; k < 4; k++)
        {
            float[] unit = new float[4];
            unit[k] = 1;
            Categorical.FisherProduct(Logits, [], unit, column);
            for (int j = 0; j < 4; j++)
            {
                Assert.Equal((j == k ? p[j] : 0) - (p[j] * p[k]), column[j], 1e-6);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Gradient_equals_central_differences(string name)
    {
        (ActionDistribution family, float[] parameters, bool[] mask, float[] action) = Make(name);
        float[] gradient = new float[parameters.Length];
        family.Gradient(parameters, mask, action, 0.7, -0.3, gradient);
        for (int j = 0; j < parameters.Length; j++)
        {
            double slope = (Weighted(j, 1e-3f) - Weighted(j, -1e-3f)) / 2e-3;
            Assert.Equal(slope, gradient[j], 2e-3);
        }

        double Weighted(int j, float change)
        {
            float[] moved = [.. parameters];
            moved[j] += change;
            return (0.7 * family.LogProb(moved, mask, action, out double entropy)) - (0.3 * entropy);
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Fisher_product_is_the_second_derivative_of_the_divergence(string name)
    {
        (ActionDistribution family, float[] parameters, bool[] mask, _) = Make(name);
        RandomStream stream = new(3, RandomPurpose.User);
        float[] vector = new float[parameters.Length], product = new float[parameters.Length], moved = new float[parameters.Length];
        double quadratic = 0;
        for (int j = 0; j < vector.Length; j++)
        {
            vector[j] = (float)stream.Normal(j);
            moved[j] = parameters[j] + (0.01f * vector[j]);
        }

        family.FisherProduct(parameters, mask, vector, product);
        for (int j = 0; j < vector.Length; j++)
        {
            quadratic += product[j] * vector[j];
        }

        Assert.Equal(0, family.KullbackLeibler(parameters, parameters, mask), 1e-9);
        Assert.Equal(1, family.KullbackLeibler(parameters, moved, mask) / (0.5 * 1e-4 * quadratic), 0.05);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Tape_gives_the_same_log_probabilities_entropies_and_gradients(string name)
    {
        (ActionDistribution family, float[] parameters, bool[] mask, float[] action) = Make(name);
        using Tape tape = new();
        Tensor input = tape.Input(new Shape(2, parameters.Length), [.. parameters, .. parameters], requiresGradient: true);
        Tensor logProbs = family.LogProb(input, [.. mask, .. mask], [.. action, .. action], out Tensor entropies);
        double expected = family.LogProb(parameters, mask, action, out double entropy);
        Assert.Equal(expected, logProbs.Data[1], 1e-5);
        Assert.Equal(entropy, entropies.Data[1], 1e-5);

        tape.Backward(((logProbs * 0.7f) + (entropies * -0.3f)).Sum());
        float[] gradient = new float[parameters.Length];
        family.Gradient(parameters, mask, action, 0.7, -0.3, gradient);
        for (int j = 0; j < gradient.Length; j++)
        {
            Assert.Equal(gradient[j], input.Gradient[gradient.Length + j], 1e-5);
        }
    }

    [Fact]
    public void Dictionary_actions_are_refused_by_name()
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(() =>
            ActionDistribution.For(new Control.Spaces.DictionarySpace(("a", new Control.Spaces.DiscreteSpace(2)))));
        Assert.Contains("dictionary", thrown.Message, StringComparison.Ordinal);
    }

    private static (ActionDistribution Family, float[] Parameters, bool[] Mask, float[] Action) Make(string name) => name switch
    {
        "one choice" => (new CategoricalDistribution(4), Logits, [], [2]),
        "three choices" => (new CategoricalDistribution(2, 3, 2), [0.3f, -0.4f, 1, 0, -1, 0.2f, 0.9f], [], [1, 0, 1]),
        "masked" => (new CategoricalDistribution(4), Logits, [true, false, true, true], [3]),
        _ => (new GaussianDistribution(3), [0.1f, -0.5f, 2, -0.3f, 0.4f, 0], [], [0.4f, -1, 1.5f]),
    };
}
