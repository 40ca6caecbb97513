using Proximal.Control.Environments.ToyText;
using Proximal.Control.Evaluation;
using Proximal.Control.Planning;
using Proximal.Control.Policies;

namespace Proximal.Control.Tests.Planning;

public sealed class TabularPlanningTests
{
    [Fact]
    public void The_slippery_lake_has_the_known_value()
    {
        FrozenLake lake = new();
        Assert.Equal(0.542026, TabularPlanning.ValueIteration(lake, 0.99).Values[0], 1e-6);
        Assert.Equal(0.542026, TabularPlanning.PolicyIteration(lake, 0.99).Values[0], 1e-6);
        Assert.True(TabularPlanning.PolicyIteration(lake, 0.99).Improvements < TabularPlanning.ValueIteration(lake, 0.99).Sweeps / 10);
        Assert.Equal(0.823529, TabularPlanning.ValueIteration(lake, 1, 1e-12).Values[0], 1e-6);
    }

    [Fact]
    public void Both_plans_are_optimal_and_worth_what_they_say()
    {
        Taxi taxi = new();
        TabularPlan byValues = TabularPlanning.ValueIteration(taxi, 0.95), byPolicies = TabularPlanning.PolicyIteration(taxi, 0.95);
        double[] values = TabularPlanning.PolicyValues(taxi, [.. byPolicies.Actions], 0.95), other = TabularPlanning.PolicyValues(taxi, [.. byValues.Actions], 0.95);
        for (int state = 0; state < taxi.StateCount; state++)
        {
            Assert.Equal(byValues.Values[state], byPolicies.Values[state], 1e-6);
            Assert.Equal(byValues.Values[state], values[state], 1e-6);
            Assert.Equal(byValues.Values[state], other[state], 1e-6);
            for (int action = 0; action < taxi.ActionCount; action++)
            {
                Assert.True(TabularPlanning.ActionValue(taxi, values, state, action, 0.95) <= values[state] + 1e-6);
            }
        }
    }

    [Fact]
    public void The_planned_taxi_and_walk_earn_what_is_known()
    {
        Taxi taxi = new();
        using TabularPolicy driver = new(TabularPlanning.ValueIteration(taxi, 0.999).Actions, taxi.ActionCount);
        Assert.Equal(7.93, PolicyEvaluator.Returns(driver, taxi, 2000, seed: 3).Average(), 0.2);
        CliffWalking cliff = new();
        using TabularPolicy walker = new(TabularPlanning.PolicyIteration(cliff).Actions, cliff.ActionCount);
        Assert.All(PolicyEvaluator.Returns(walker, cliff, 3, seed: 3), total => Assert.Equal(-13, total));
    }

    [Fact]
    public void A_plan_is_saved_and_acts_alike()
    {
        FrozenLake lake = new();
        using TabularPolicy policy = new(TabularPlanning.ValueIteration(lake).Actions, lake.ActionCount);
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            PolicyFile.Save(policy, folder);
            using Policy loaded = PolicyFile.Load(folder);
            Assert.Equal(PolicyEvaluator.Returns(policy, lake, 50, 1), PolicyEvaluator.Returns(loaded, lake, 50, 1));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void What_has_no_value_or_is_out_of_range_is_refused()
    {
        Taxi taxi = new();
        int[] idle = new int[taxi.StateCount];
        InvalidOperationException unsettled = Assert.Throws<InvalidOperationException>(() => TabularPlanning.PolicyValues(taxi, idle, 1, 1e-9, 50));
        Assert.Equal("The values of the evaluation of a policy did not settle within 50 sweeps; a discount below 1 makes them.", unsettled.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => TabularPlanning.ValueIteration(taxi, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => TabularPlanning.PolicyIteration(taxi, 1));
        Assert.Throws<ArgumentException>(() => TabularPlanning.PolicyValues(taxi, [0]));
        Assert.Throws<ArgumentException>(() => new TabularPolicy([0, 7], 6));
    }
}
