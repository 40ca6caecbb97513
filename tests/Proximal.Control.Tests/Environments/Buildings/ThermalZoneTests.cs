using Proximal.Control.Environments.Buildings;

namespace Proximal.Control.Tests.Environments.Buildings;

public sealed class ThermalZoneTests
{
    private static readonly ThermalZone Zone = new();
    private static readonly WeatherSample Freezing = new(0, 50, 0, 0);

    [Fact]
    public void An_empty_zone_decays_exponentially_to_the_outdoor_temperature()
    {
        // 900 s * 130 W/K / 3 MJ/K = 0.039.
        Assert.Equal(20 * Math.Exp(-0.039), Zone.Step(20, Freezing, 0), 12);
        Assert.Equal(19.235014, Zone.Step(20, Freezing, 0), 6);
        double temperature = 20;
        for (int step = 0; step < 40; step++)
        {
            temperature = Zone.Step(temperature, Freezing, 0);
        }

        Assert.Equal(20 * Math.Exp(-40 * 0.039), temperature, 10);
    }

    [Fact]
    public void Sun_and_people_hold_a_temperature_and_wind_takes_heat()
    {
        WeatherSample sunny = Freezing with { Solar = 400 };
        Assert.Equal((1000 + 800) / 130.0, Zone.Equilibrium(sunny, 8), 12);
        Assert.Equal(Zone.Equilibrium(sunny, 8), Zone.Step(Zone.Equilibrium(sunny, 8), sunny, 8), 12);
        Assert.Equal(1800 / 160.0, Zone.Equilibrium(sunny with { Wind = 5 }, 8), 12);
        Assert.Equal(10 + (2600 / 130.0), Zone.Equilibrium(Freezing with { Outdoor = 10 }, 0, 2600), 12);
    }

    [Theory]
    [InlineData(22, 22, 30, 2860, 22)]
    [InlineData(10, 22, 30, 12000, 13.148211)]
    [InlineData(23, 15, 24, 0, 22.120267)]
    [InlineData(26, 15, 21, -12000, 21.4748147)]
    public void The_system_gives_what_the_setpoint_needs_within_its_power(double before, int heating, int cooling, double watts, double after)
    {
        Assert.Equal(after, Zone.Step(before, Freezing, 0, heating, cooling, out double power), 1e-6);
        Assert.Equal(watts, power, 6);
    }

    [Fact]
    public void Cooling_holds_a_warm_day_and_never_goes_below_the_heating_setpoint()
    {
        WeatherSample hot = new(35, 20, 0, 800);
        Assert.Equal(25, Zone.Step(25, hot, 8, 15, 25, out double power), 10);
        Assert.Equal(-((10 * 130) + 2000 + 800), power, 6);
        Assert.Equal(22, Zone.Step(22, hot, 8, 22, 21, out _), 10);
    }

    [Fact]
    public void The_explicit_step_is_the_first_order_of_the_exact_one()
    {
        WeatherSample weather = new(-5, 60, 3, 300);
        double conductance = 130 + 18, gain = (2.5 * 300) + 500 + 2000;
        double slope = (((-5 - 21) * conductance) + gain) / 3e6;
        double euler = 21 + (900 * slope), second = 0.5 * 900 * 900 * slope * conductance / 3e6;
        Assert.Equal(euler - second, Zone.Step(21, weather, 5, 2000), 3);
    }

    [Fact]
    public void Rewards_weigh_comfort_in_occupied_hours_and_effort_in_others()
    {
        Assert.Equal(-1 - (0.01 * (7 + 5)), HvacReward.Of(true, 19, Setpoints.Action(22, 25), ComfortZone.Winter), 12);
        Assert.Equal(-0.5, HvacReward.Of(true, 24, Setpoints.Idle, ComfortZone.Winter), 12);
        Assert.Equal(0, HvacReward.Of(true, 24, Setpoints.Idle, ComfortZone.Summer), 12);
        Assert.Equal(-15, HvacReward.Of(false, 10, Setpoints.Action(22, 22), ComfortZone.Winter), 12);
        Assert.Equal(0, HvacReward.Of(false, 10, Setpoints.Idle, ComfortZone.Winter), 12);
    }

    [Fact]
    public void Actions_are_pairs_of_setpoints()
    {
        Assert.Equal(80, Setpoints.Count);
        Assert.Equal((15, 30), (Setpoints.Heating(Setpoints.Idle), Setpoints.Cooling(Setpoints.Idle)));
        for (int action = 0; action < Setpoints.Count; action++)
        {
            Assert.Equal(action, Setpoints.Action(Setpoints.Heating(action), Setpoints.Cooling(action)));
        }

        Assert.Equal("22/25", Setpoints.Names[Setpoints.Action(22, 25)]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Setpoints.Action(23, 25));
        Assert.Throws<ArgumentOutOfRangeException>(() => Setpoints.Action(22, 20));
    }

    [Theory]
    [InlineData(7.25, "15/30")]
    [InlineData(7.5, "22/22")]
    [InlineData(7.75, "22/22")]
    [InlineData(8, null)]
    [InlineData(20.75, null)]
    [InlineData(21, "15/30")]
    [InlineData(31.5, "22/22")]
    public void Rules_decide_outside_occupied_hours(double hour, string? action) =>
        Assert.Equal(action, OccupancySchedule.Default.Override(hour) is { } chosen ? Setpoints.Names[chosen] : null);
}
