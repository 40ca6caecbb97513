using Proximal.Regularizers;
using Proximal.Rollouts;

namespace Proximal.Tests.Regularizers;

public sealed class KlTests
{
    private static readonly double[] Policy = [0.5, 0.5];
    private static readonly double[] Reference = [0.25, 0.75];

    [Fact]
    public void Expected_values_equal_the_divergence_for_k1_and_k3_and_are_close_for_k2()
    {
        Assert.Equal(0.143841, Expectation(KlEstimator.K1), 1e-6);
        Assert.Equal(0.143841, Expectation(KlEstimator.K3), 1e-6);
        Assert.Equal(0.161214, Expectation(KlEstimator.K2), 1e-6);
    }

    [Fact]
    public void Samples_are_those_of_the_worked_example()
    {
        double[] k1 = [0.6931, -0.4055], k3 = [0.1931, 0.0945];
        for (int a = 0; a < 2; a++)
        {
            Assert.Equal(k1[a], Token(KlEstimator.K1, a).Value, 1e-4);
            Assert.Equal(k3[a], Token(KlEstimator.K3, a).Value, 1e-4);
        }
    }

    [Fact]
    public void Expected_gradients_are_zero_for_k1_forward_for_k2_and_backward_for_k3()
    {
        Assert.Equal(0, ExpectedGradient(KlEstimator.K1), 1e-12);
        Assert.Equal(Slope(p => Divergence([p, 1 - p], Reference)), ExpectedGradient(KlEstimator.K2), 1e-6);
        Assert.Equal(Slope(p => Divergence(Reference, [p, 1 - p])), ExpectedGradient(KlEstimator.K3), 1e-6);
    }

    [Theory]
    [InlineData(KlEstimator.K1StraightThrough, KlEstimator.K1)]
    [InlineData(KlEstimator.K3StraightThrough, KlEstimator.K3)]
    public void Straight_through_forms_have_the_value_of_one_and_the_gradient_of_k2(KlEstimator estimator, KlEstimator value)
    {
        Assert.Equal(Token(value, 0).Value, Token(estimator, 0).Value);
        Assert.Equal(Token(KlEstimator.K2, 0).Gradient, Token(estimator, 0).Gradient);
    }

    [Fact]
    public void K3_is_bounded_far_out()
    {
        Assert.Equal((10.0, 0.0), KlDivergence.Token(KlEstimator.K3, -60, 0));
        Assert.Equal((10.0, 0.0), KlDivergence.Token(KlEstimator.K3, 60, 0));
    }

    [Fact]
    public void The_adaptive_coefficient_follows_the_worked_example()
    {
        Assert.Equal(1.00512, KlController.Next(1, 0.2, 0.1, 256, 10000), 1e-9);
        KlController controller = new(1, adaptive: true, 0.1, 10000);
        controller.Update(0.2, 256);
        Assert.Equal(1.00512, controller.Coefficient, 1e-9);
        KlController still = new(1, adaptive: false, 0.1, 10000);
        still.Update(0.2, 256);
        Assert.Equal(1, still.Coefficient);
    }

    [Fact]
    public void An_adaptive_penalty_moves_between_steps_and_resumes_where_it_was()
    {
        KlRegularizerOptions options = new() { Adaptive = true, Estimator = KlEstimator.K2, Coefficient = 1, Horizon = 100 };
        PathBatch batch = Batches.Random(1);
        KlRegularizer whole = new(options), resumed = new(options);
        Apply(whole, batch);
        Apply(whole, batch);
        Assert.Equal(1, whole.Coefficient);
        Dictionary<string, double[]> state = [];
        whole.Save(state);
        resumed.Load(state);
        batch.Step = 1;
        Apply(whole, batch);
        Apply(resumed, batch);
        Assert.NotEqual(1, whole.Coefficient);
        Assert.Equal(whole.Coefficient, resumed.Coefficient);
    }

    [Fact]
    public void Importance_weight_multiplies_value_and_gradient()
    {
        PathBatch batch = Batches.Create([1]);
        (batch.Current[0], batch.Old[0], batch.Reference[0]) = (-1, -1.5f, -2);
        (float plain, float slope) = Apply(new KlRegularizer(new KlRegularizerOptions { Coefficient = 1 }), batch);
        (float weighted, float weightedSlope) = Apply(new KlRegularizer(new KlRegularizerOptions { Coefficient = 1, ImportanceWeighted = true }), batch);
        Assert.Equal(plain * Math.Exp(0.5), weighted, 1e-6);
        Assert.Equal(slope * Math.Exp(0.5), weightedSlope, 1e-6);
    }

    private static (float Loss, float Slope) Apply(KlRegularizer regularizer, PathBatch batch)
    {
        float[] loss = new float[batch.TokenCount], slope = new float[batch.TokenCount];
        regularizer.Apply(batch, new Penalty { Loss = loss, CurrentGradient = slope, EntropyGradient = new float[loss.Length], DivergenceGradient = new float[loss.Length] });
        return (loss[0], slope[0]);
    }

    private static (double Value, double Gradient) Token(KlEstimator estimator, int action) =>
        KlDivergence.Token(estimator, Math.Log(Policy[action]), Math.Log(Reference[action]));

    private static double Expectation(KlEstimator estimator) => Enumerable.Range(0, 2).Sum(a => Policy[a] * Token(estimator, a).Value);

    // Derivative with respect to the logit of action 0, through the sampled log-probability alone.
    private static double ExpectedGradient(KlEstimator estimator) =>
        Enumerable.Range(0, 2).Sum(a => Policy[a] * Token(estimator, a).Gradient * ((a == 0 ? 1 : 0) - Policy[0]));

    private static double Divergence(double[] p, double[] q) => Enumerable.Range(0, 2).Sum(a => p[a] * Math.Log(p[a] / q[a]));

    private static double Slope(Func<double, double> divergence)
    {
        double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));
        return (divergence(Sigmoid(1e-5)) - divergence(Sigmoid(-1e-5))) / 2e-5;
    }
}
