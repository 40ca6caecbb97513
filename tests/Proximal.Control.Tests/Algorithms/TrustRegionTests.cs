using Proximal.Control.Algorithms;
using Proximal.Control.Distributions;
using Proximal.Control.Environments.ClassicControl;
using Proximal.Control.Learning;
using Proximal.Control.Policies;
using Proximal.Control.Spaces;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Control.Tests.Algorithms;

public sealed class TrustRegionTests
{
    [Fact]
    public void Conjugate_gradients_solve_five_equations_in_five_iterations()
    {
        // M = Bᵀ B + I for a fixed B.
        double[,] b = new double[5, 5], m = new double[5, 5];
        for (int i = 0; i < 25; i++)
        {
            b[i / 5, i % 5] = Math.Sin(i + 1);
        }

        for (int i = 0; i < 5; i++)
        {
            for (int j = 0; j < 5; j++)
            {
                m[i, j] = i == j ? 1 : 0;
                for (int k = 0; k < 5; k++)
                {
                    m[i, j] += b[k, i] * b[k, j];
                }
            }
        }

        double[] target = [1, -2, 3, 0.5, -1], solution = new double[5], product = new double[5];
        void Multiply(ReadOnlySpan<double> v, Span<double> result)
        {
            for (int i = 0; i < 5; i++)
            {
                result[i] = 0;
                for (int j = 0; j < 5; j++)
                {
                    result[i] += m[i, j] * v[j];
                }
            }
        }

        int iterations = ConjugateGradient.Solve(Multiply, target, solution, 5, tolerance: 0);
        Multiply(solution, product);
        Assert.Equal(5, iterations);
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(target[i], product[i], 1e-9);
        }
    }

    [Fact]
    public void Fisher_information_of_a_tabular_softmax_is_the_diagonal_minus_the_outer_product()
    {
        // One state and a linear network: the logits are the weights of the one input plus biases.
        TrpoOptions options = new() { Network = new() { Hidden = [] }, Damping = 0 };
        using ActorCriticPolicy policy = new(new DiscreteSpace(1), new DiscreteSpace(3), new ActorCriticSettings { Network = options.Network }, 1);
        new float[] { 0.3f, -0.5f, 1 }.CopyTo(policy.ActorParameters[1].Data);
        policy.ActorParameters[1].MarkChanged();
        using TrustRegion region = new(policy, options, Workers.Shared);
        RolloutBatch batch = new(policy, 0, 1, 1);
        batch.Observations[0] = 1;
        float[] logits = new float[3], p = new float[3];
        policy.Infer(1, batch.Observations, default, logits, default);
        Categorical.Probabilities(logits, [], p);
        double[] product = new double[6];
        for (int k = 0; k < 3; k++)
        {
            // Parameters: three weights, then three biases.
            double[] unit = new double[6];
            unit[3 + k] = 1;
            region.FisherProduct(batch, unit, product);
            for (int j = 0; j < 3; j++)
            {
                Assert.Equal((j == k ? p[j] : 0) - (p[j] * p[k]), product[3 + j], 1e-6);
                Assert.Equal(product[3 + j], product[j], 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fisher_product_is_the_second_derivative_of_the_mean_divergence(bool continuous)
    {
        TrpoOptions options = new() { Network = new() { Hidden = [8, 8] }, Damping = 0 };
        Space actions = continuous ? new BoxSpace(new Shape(2), -1, 1) : new DiscreteSpace(4);
        ActorCriticSettings settings = new() { Network = options.Network, ActorGain = 1 };
        using ActorCriticPolicy policy = new(new BoxSpace(new Shape(3), -1, 1), actions, settings, 1), moved = new(new BoxSpace(new Shape(3), -1, 1), actions, settings, 1);
        using TrustRegion region = new(policy, options, Workers.Shared);
        RolloutBatch batch = new(policy, 0, 20, 20);
        RandomStream stream = new(4, RandomPurpose.User);
        for (int i = 0; i < batch.Observations.Length; i++)
        {
            batch.Observations[i] = (float)stream.Normal(i);
        }

        int length = policy.ActorParameters.Sum(p => p.Length), at = 0;
        double[] vector = new double[length], product = new double[length];
        const double step = 3e-3;
        foreach (Parameter parameter in moved.ActorParameters)
        {
            for (int i = 0; i < parameter.Length; i++)
            {
                vector[at] = stream.Normal(1000 + at);
                parameter.Data[i] += (float)(step * vector[at++]);
            }

            parameter.MarkChanged();
        }

        region.FisherProduct(batch, vector, product);
        int width = policy.Distribution.ParameterWidth;
        float[] before = new float[20 * width], after = new float[20 * width];
        policy.Infer(20, batch.Observations, default, before, default);
        moved.Infer(20, batch.Observations, default, after, default);
        double divergence = Enumerable.Range(0, 20)
            .Average(row => policy.Distribution.KullbackLeibler(before.AsSpan(row * width, width), after.AsSpan(row * width, width), []));
        Assert.Equal(1, divergence / (0.5 * step * step * ConjugateGradient.Dot(vector, product)), 0.03);
    }

    [Fact]
    public void Accepted_steps_improve_the_surrogate_within_the_bound()
    {
        using Trpo learner = new(new CartPole(), new TrpoOptions { Environments = 4, Steps = 128 });
        int accepted = 0;
        learner.Learn(10 * 512, new Watch(l =>
        {
            Assert.True(l.Metrics["policy/kl"] <= 0.01);
            Assert.True(l.Metrics["policy/surrogate"] >= 0);
            accepted += l.Metrics["policy/surrogate"] > 0 ? 1 : 0;
        }));
        Assert.True(accepted >= 8, $"{accepted} of 10 steps");
    }

    private sealed class Watch(Action<Learner> action) : ILearningObserver
    {
        public void OnIteration(Learner learner) => action(learner);
    }
}
