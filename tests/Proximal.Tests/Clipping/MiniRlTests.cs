using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Objectives;
using Proximal.Ratios;
using Proximal.Rollouts;
using Proximal.Tensors.Random;

namespace Proximal.Tests.Clipping;

public sealed class MiniRlTests
{
    private const int Vocabulary = 3, Sequences = Vocabulary * Vocabulary;

    private static readonly RandomStream Numbers = new(31, RandomPurpose.User);

    /// <summary>Rewards of the sequences of two tokens.</summary>
    private static readonly double[] Reward = [.. Enumerable.Range(0, Sequences).Select(y => Numbers.Normal(y))];

    [Fact]
    public void Token_surrogate_and_sequence_objective_have_one_gradient_where_policy_and_sampler_agree()
    {
        Assert.All(SequenceGradient(0).Zip(TokenGradient(0)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Halving_the_distance_divides_the_gap_of_values_by_four_and_that_of_gradients_by_two()
    {
        Assert.InRange(ValueGap(0.08) / ValueGap(0.04), 3.8, 4.2);
        Assert.InRange(ValueGap(0.04) / ValueGap(0.02), 3.8, 4.2);
        Assert.InRange(GradientGap(0.08) / GradientGap(0.04), 1.9, 2.1);
        Assert.InRange(GradientGap(0.04) / GradientGap(0.02), 1.9, 2.1);

        static double ValueGap(double h)
        {
            double[][] sampler = LogProbs(0), policy = LogProbs(h);
            double surrogate = 0, objective = 0;
            for (int y = 0; y < Sequences; y++)
            {
                double mu = Math.Exp(sampler[y][0] + sampler[y][1]);
                surrogate += mu * Reward[y] * (Math.Exp(policy[y][0] - sampler[y][0]) + Math.Exp(policy[y][1] - sampler[y][1]) - 1);
                objective += Math.Exp(policy[y][0] + policy[y][1]) * Reward[y];
            }

            return Math.Abs(surrogate - objective);
        }

        static double GradientGap(double h) => Math.Sqrt(SequenceGradient(h).Zip(TokenGradient(h), (a, b) => (a - b) * (a - b)).Sum());
    }

    [Fact]
    public void Equals_reinforce_with_a_group_baseline_when_all_three_policies_are_one()
    {
        PathBatch batch = Batches.Random(3, spread: 0);
        batch.Old.CopyTo(batch.Behaviour);
        batch.ResetWeights();
        ObjectiveGradients actual = ObjectiveGradients.Allocate(batch.TokenCount), expected = ObjectiveGradients.Allocate(batch.TokenCount);
        double loss = StabilityObjectives.MiniRl.CreateObjective().Evaluate(batch, actual).Loss;
        PolicyObjective reinforce = new(new NoRatio(), null, new PolicyGradientSurrogate(), [], MeanAggregation.SequenceMeanTokenSum());

        Assert.Equal(reinforce.Evaluate(batch, expected).Loss, loss, 1e-6);
        Assert.Equal(expected.Current.ToArray(), actual.Current.ToArray());
    }

    [Fact]
    public void The_mask_is_the_set_of_tokens_without_gradient_under_ppo()
    {
        foreach (float advantage in new[] { -1.5f, 0, 0.7f })
        {
            for (float ratio = 0.5f; ratio < 1.6f; ratio += 0.05f)
            {
                bool hasGradient = PpoClipping.Token(ratio, advantage, 0.2f, 0.27f, 0).Clipped == 0;
                Assert.Equal(hasGradient, MiniRlClipping.Keeps(ratio, advantage, 0.2f, 0.27f));
            }
        }

        Assert.True(MiniRlClipping.Keeps(1.3f, -1, 0.2f, 0.27f));
        Assert.False(MiniRlClipping.Keeps(1.3f, 1, 0.2f, 0.27f));
        Assert.True(MiniRlClipping.Keeps(0.7f, 1, 0.2f, 0.27f));
        Assert.False(MiniRlClipping.Keeps(0.7f, -1, 0.2f, 0.27f));
    }

    [Fact]
    public void Weights_go_to_the_sampler_and_are_at_most_five()
    {
        float[] current = [-0.1f, -1, -1, -2], behaviour = [-5, -1.5f, -1, -1], ones = [1, 1, 1, 1];
        Surrogate surrogate = Surrogate.Allocate(4);
        MiniRlClipping.Compute(ones, ones, current, behaviour, ones, new MiniRlOptions(), surrogate);
        Assert.Equal([-5, -MathF.Exp(0.5f), -1, -MathF.Exp(-1)], surrogate.CurrentGradient.ToArray());
        Assert.Equal(0.5f, surrogate.Loss[0], 1e-6f);

        PathBatch batch = Batches.Random(5, spread: 3);
        Surrogate all = Surrogate.Allocate(batch.TokenCount);
        MiniRlClipping.Compute(batch.Mask, batch.Advantage, batch.Current, batch.Behaviour, batch.Mask, new MiniRlOptions { Clip = false }, all);
        for (int t = 0; t < batch.TokenCount; t++)
        {
            Assert.True(Math.Abs(all.CurrentGradient[t]) <= 5.00001f * Math.Abs(batch.Advantage[t]));
        }
    }

    [Fact]
    public void Ablations_leave_out_the_weight_or_the_mask()
    {
        float[] ratio = [2, 0.5f, 1], advantage = [1, -1, 1], current = [-1, -2, -3], behaviour = [-2, -1, -3.5f], mask = [1, 1, 1];
        Assert.Equal([0, 0, -1], Gradients(new MiniRlOptions { ImportanceWeight = false }));
        Assert.Equal([-MathF.E, MathF.Exp(-1), -MathF.Exp(0.5f)], Gradients(new MiniRlOptions { Clip = false }));
        Assert.Equal([-1, 1, -1], Gradients(new MiniRlOptions { Clip = false, ImportanceWeight = false }));

        float[] Gradients(MiniRlOptions options)
        {
            Surrogate surrogate = Surrogate.Allocate(3);
            MiniRlClipping.Compute(ratio, advantage, current, behaviour, mask, options, surrogate);
            return surrogate.CurrentGradient.ToArray();
        }
    }

    /// <summary>Logits of the first token, then of the second after each first one, h away from the sampler in a fixed direction.</summary>
    private static double[] Logits(double h) => [.. Enumerable.Range(0, 4 * Vocabulary).Select(i => Numbers.Normal(100 + i) + (h * Numbers.Normal(200 + i)))];

    private static double[] Softmax(double[] logits, int first)
    {
        double[] weights = [.. logits.Skip(first).Take(Vocabulary).Select(Math.Exp)];
        return [.. weights.Select(w => w / weights.Sum())];
    }

    /// <summary>Log-probabilities of the two tokens of every sequence.</summary>
    private static double[][] LogProbs(double h)
    {
        double[] logits = Logits(h);
        return [.. Enumerable.Range(0, Sequences).Select(y => new[]
        {
            Math.Log(Softmax(logits, 0)[y / Vocabulary]),
            Math.Log(Softmax(logits, Vocabulary * (1 + (y / Vocabulary)))[y % Vocabulary]),
        })];
    }

    private static double[] SequenceGradient(double h)
    {
        double[][] policy = LogProbs(h);
        return Gradient(h, (y, _) => Math.Exp(policy[y][0] + policy[y][1]) * Reward[y]);
    }

    private static double[] TokenGradient(double h)
    {
        double[][] sampler = LogProbs(0), policy = LogProbs(h);
        float[] current = [.. policy.SelectMany(p => p).Select(p => (float)p)], behaviour = [.. sampler.SelectMany(p => p).Select(p => (float)p)];
        float[] advantage = [.. Reward.SelectMany(r => new[] { (float)r, (float)r })], ones = [.. advantage.Select(_ => 1f)];
        Surrogate surrogate = Surrogate.Allocate(ones.Length);
        MiniRlClipping.Compute(ones, advantage, current, behaviour, ones, new MiniRlOptions { Clip = false, Cap = 100 }, surrogate);
        float[] gradients = surrogate.CurrentGradient.ToArray();
        return Gradient(h, (y, t) => -Math.Exp(sampler[y][0] + sampler[y][1]) * gradients[(2 * y) + t]);
    }

    /// <summary>Σ over sequences and tokens of a factor times the gradient of the token's log-probability with respect to all logits.</summary>
    private static double[] Gradient(double h, Func<int, int, double> factor)
    {
        double[] logits = Logits(h), gradient = new double[logits.Length];
        for (int y = 0; y < Sequences; y++)
        {
            for (int t = 0; t < 2; t++)
            {
                int first = t == 0 ? 0 : Vocabulary * (1 + (y / Vocabulary)), token = t == 0 ? y / Vocabulary : y % Vocabulary;
                double[] probabilities = Softmax(logits, first);
                for (int v = 0; v < Vocabulary; v++)
                {
                    gradient[first + v] += factor(y, t) * ((v == token ? 1 : 0) - probabilities[v]);
                }
            }
        }

        return gradient;
    }
}
