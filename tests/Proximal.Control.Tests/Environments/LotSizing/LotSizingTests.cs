using Proximal.Control.Environments;
using Proximal.Control.Environments.LotSizing;

namespace Proximal.Control.Tests.Environments.LotSizing;

public sealed class LotSizingTests
{
    private const int Levels = 9, Setups = 3, Actions = 3;
    private const double Discount = 0.95;

    [Fact]
    public void Exact_values_of_the_small_instance_equal_the_known_ones()
    {
        double[] optimal = Iterate(Enumerable.Max);
        Assert.Equal(-92.685069, optimal[State(0, 0, 0)], 1e-5);
        Assert.Equal(-85.405417, optimal[State(2, 2, 1)], 1e-5);
        Assert.Equal(-157.700103, Iterate(values => values.Average())[State(0, 0, 0)], 1e-5);
    }

    [Fact]
    public void The_value_of_a_rule_equals_the_known_one()
    {
        double[] values = new double[Levels * Levels * Setups];
        for (int sweep = 0; sweep < 500; sweep++)
        {
            values = [.. Enumerable.Range(0, values.Length).Select(state =>
            {
                (int first, int second) = (state / (Levels * Setups), state / Setups % Levels);
                return Value(values, state, Math.Min(first, second) < 3 ? first <= second ? 1 : 2 : 0);
            })];
        }

        Assert.Equal(-114.775788, values[State(0, 0, 0)], 1e-5);
    }

    [Fact]
    public void A_step_is_its_certain_half_and_then_chance()
    {
        LotSizingEnvironment environment = new();
        float[] observation = new float[5], post = new float[5];
        environment.Reset(3, observation);
        Assert.Equal([0f, 0, 1, 0, 0], observation);
        environment.SetState([1, 8], [2]);
        Assert.Equal(-2, environment.Decide([1], post));
        Assert.Equal([3 / 8f, 1, 0, 1, 0], post);
        Assert.Equal(0, environment.Decide([2], post));
        Assert.Equal([1 / 8f, 1, 0, 0, 1], post);
        Assert.Equal(0, environment.Decide([0], post));
        StepOutcome outcome = environment.Step([1], observation);
        int first = (int)Math.Round(8 * observation[0]), second = (int)Math.Round(8 * observation[1]);
        Assert.InRange(first, 0, 3);
        Assert.InRange(second, 5, 8);

        // Three in store serve every demand, so nothing is lost.
        Assert.Equal(-(2 + first + second), outcome.Reward, 1e-12);
    }

    [Fact]
    public void Demands_follow_their_distributions()
    {
        DemandDistribution binomial = DemandDistribution.Binomial(3, 1.0 / 3), poisson = DemandDistribution.Poisson(1.5);
        double[] expected = [8 / 27.0, 12 / 27.0, 6 / 27.0, 1 / 27.0];
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(expected[i], binomial.Probabilities[i], 1e-12);
        }

        Assert.Equal(0.3346952402, poisson.Probabilities[1], 1e-9);
        Assert.Equal(1, poisson.Probabilities.ToArray().Sum(), 1e-12);
        Assert.Equal(0, binomial.Quantile(0));
        Assert.Equal(1, binomial.Quantile(8.01 / 27));
        Assert.Equal(3, binomial.Quantile(Math.BitDecrement(1.0)));
    }

    [Fact]
    public void Small_and_large_instances_keep_the_contract_of_environments()
    {
        EnvironmentContract.AssertKept(new LotSizingEnvironment());
        EnvironmentContract.AssertKept(new LotSizingEnvironment(new LotSizingOptions { Items = 15, Machines = 5 }), 150);
    }

    private static int State(int first, int second, int setup) => (((first * Levels) + second) * Setups) + setup;

    private static double[] Iterate(Func<IEnumerable<double>, double> choose)
    {
        double[] values = new double[Levels * Levels * Setups];
        for (int sweep = 0; sweep < 500; sweep++)
        {
            values = [.. Enumerable.Range(0, values.Length).Select(state => choose(Enumerable.Range(0, Actions).Select(action => Value(values, state, action))))];
        }

        return values;
    }

    private static double Value(double[] values, int state, int action)
    {
        LotSizingInstance instance = LotSizingInstance.Small;
        Span<int> inventory = [state / (Levels * Setups), state / Setups % Levels], configuration = [state % Setups];
        double value = -instance.Produce(inventory, configuration, [action]);
        ReadOnlySpan<double> first = instance.Demand(0).Probabilities, second = instance.Demand(1).Probabilities;
        for (int i = 0; i < first.Length; i++)
        {
            for (int j = 0; j < second.Length; j++)
            {
                Span<int> left = [inventory[0], inventory[1]];
                double cost = instance.Sell(left, [i, j]);
                value += first[i] * second[j] * ((Discount * values[State(left[0], left[1], configuration[0])]) - cost);
            }
        }

        return value;
    }
}
