using Proximal.Control.Environments;
using Proximal.Control.Environments.Combinatorial;

namespace Proximal.Control.Tests.Environments.Combinatorial;

public sealed class CombinatorialEnvironmentTests
{
    [Fact]
    public void A_tour_costs_its_length_at_the_end_and_nothing_before()
    {
        TravelingSalesman environment = new(new TravelingSalesmanOptions { Nodes = 4 });
        float[] observation = new float[16];
        environment.Reset(1, observation);
        environment.SetPoints([0, 0, 1, 1, 0, 1, 1, 0], observation);
        Assert.Equal([0f, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0], observation);
        Assert.Equal(default, environment.Step([2], observation));
        bool[] mask = new bool[4];
        environment.WriteActionMask(mask);
        Assert.Equal([false, true, false, true], mask);
        environment.Step([1], observation);
        Assert.Equal(new StepOutcome(-4, Terminated: true), environment.Step([3], observation));
        Assert.Equal([0, 2, 1, 3], environment.Way);
    }

    [Fact]
    public void A_node_that_cannot_follow_is_refused_by_name()
    {
        using VectorEnvironment copies = new TravelingSalesman().CreateVector(2);
        StepBatch batch = copies.CreateBatch();
        copies.Reset(1, batch);
        string message = Assert.Throws<EnvironmentException>(() => copies.Step([1, 0], batch)).Message;
        Assert.StartsWith("traveling-salesman, copy 1, step 1: ", message, StringComparison.Ordinal);
        Assert.Contains("node 0 cannot follow node 0", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_vehicle_loads_again_at_the_depot()
    {
        VehicleRouting environment = new(new VehicleRoutingOptions { Customers = 3, Capacity = 9 });
        float[] observation = new float[21];
        bool[] mask = new bool[4];
        environment.Reset(1, observation);
        environment.SetInstance([0, 0, 0, 1, 1, 0, 0, 0.5], [0, 5, 6, 4], observation);
        environment.Step([1], observation);
        environment.WriteActionMask(mask);
        Assert.Equal([true, false, false, true], mask);
        Assert.Equal(4 / 9f, observation[^1]);
        environment.Step([3], observation);
        environment.Step([0], observation);
        environment.WriteActionMask(mask);
        Assert.Equal([false, false, true, false], mask);
        Assert.Equal(new StepOutcome(-4, Terminated: true), environment.Step([2], observation));
    }

    [Theory]
    [InlineData(1.19, false)]
    [InlineData(1.2, true)]
    public void A_place_is_in_reach_when_the_way_back_fits_too(double budget, bool reachable)
    {
        Orienteering environment = new(new OrienteeringOptions { Places = 1, Budget = budget });
        float[] observation = new float[11];
        bool[] mask = new bool[2];
        environment.Reset(1, observation);
        environment.SetInstance([0, 0, 0.6, 0], [0, 0.7], observation);
        environment.WriteActionMask(mask);
        Assert.Equal([true, reachable], mask);
        if (reachable)
        {
            environment.Step([1], observation);
            Assert.Equal(new StepOutcome(0.7, Terminated: true), environment.Step([0], observation));
        }
    }

    [Fact]
    public void The_knapsack_is_done_when_nothing_fits()
    {
        Knapsack environment = new(new KnapsackOptions { Items = 3, Capacity = 1.25 });
        float[] observation = new float[10];
        environment.Reset(1, observation);
        environment.SetItems([0.5, 0.6, 0.7], [0.6, 0.5, 0.9], observation);
        Assert.Equal(default, environment.Step([2], observation));
        StepOutcome outcome = environment.Step([0], observation);
        Assert.True(outcome.Terminated);
        Assert.Equal(1.5, outcome.Reward, 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Knapsack(new KnapsackOptions { Capacity = 0.5 }));
    }

    [Fact]
    public void All_of_them_keep_the_contract_of_environments()
    {
        EnvironmentContract.AssertKept(new TravelingSalesman(new TravelingSalesmanOptions { Nodes = 7 }), 100);
        EnvironmentContract.AssertKept(new TravelingSalesman(new TravelingSalesmanOptions { Nodes = 6, Asymmetric = true }), 100);
        EnvironmentContract.AssertKept(new VehicleRouting(new VehicleRoutingOptions { Customers = 6 }), 100);
        EnvironmentContract.AssertKept(new Orienteering(new OrienteeringOptions { Places = 8 }), 100);
        EnvironmentContract.AssertKept(new Orienteering(new OrienteeringOptions { Places = 8, Prize = OrienteeringPrize.Uniform }), 100);
        EnvironmentContract.AssertKept(new Knapsack(new KnapsackOptions { Items = 10, Capacity = 2 }), 100);
    }
}
