using Proximal.Tensors.Schedules;

namespace Proximal.Tensors.Tests.Schedules;

public sealed class ScheduleTests
{
    public static TheoryData<Schedule> WithWarmup => new()
    {
        new ConstantSchedule(new ConstantScheduleOptions { WarmupSteps = 4 }),
        new LinearSchedule(new LinearScheduleOptions { TotalSteps = 20, WarmupSteps = 4 }),
        new CosineSchedule(new CosineScheduleOptions { TotalSteps = 20, WarmupSteps = 4 }),
        new WarmupStableDecaySchedule(new WarmupStableDecayScheduleOptions { TotalSteps = 20, WarmupSteps = 4, DecaySteps = 5 }),
    };

    [Theory]
    [MemberData(nameof(WithWarmup))]
    public void Warm_up_rises_in_equal_steps_to_the_peak(Schedule schedule)
    {
        for (int step = 0; step <= 4; step++)
        {
            Assert.Equal((step + 1) / 5.0, schedule.Factor(step), 1e-15);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => schedule.Factor(-1));
    }

    [Fact]
    public void Without_warm_up_the_first_step_has_the_peak()
    {
        Assert.Equal(1, new ConstantSchedule().Factor(0));
        Assert.Equal(1, new LinearSchedule(new LinearScheduleOptions { TotalSteps = 10 }).Factor(0));
        Assert.Equal(1, new CosineSchedule(new CosineScheduleOptions { TotalSteps = 10 }).Factor(0));
    }

    [Fact]
    public void Linear_falls_on_a_line_to_the_floor_and_stays()
    {
        LinearSchedule schedule = new(new LinearScheduleOptions { TotalSteps = 12, WarmupSteps = 2, Floor = 0.2 });
        Assert.Equal(1, schedule.Factor(2), 1e-15);
        Assert.Equal(0.6, schedule.Factor(7), 1e-15);
        Assert.Equal(0.2, schedule.Factor(12), 1e-15);
        Assert.Equal(0.2, schedule.Factor(1000), 1e-15);
    }

    [Fact]
    public void Cosine_passes_its_middle_half_way_and_ends_at_the_floor()
    {
        CosineSchedule schedule = new(new CosineScheduleOptions { TotalSteps = 12, WarmupSteps = 2, Floor = 0.2 });
        Assert.Equal(1, schedule.Factor(2), 1e-15);
        Assert.Equal(0.2 + (0.8 * (1 + Math.Cos(Math.PI / 4)) / 2), new CosineSchedule(new CosineScheduleOptions { TotalSteps = 8, Floor = 0.2 }).Factor(2), 1e-15);
        Assert.Equal(0.6, schedule.Factor(7), 1e-15);
        Assert.Equal(0.2, schedule.Factor(12), 1e-15);
        Assert.Equal(0.2, schedule.Factor(long.MaxValue), 1e-15);
    }

    [Fact]
    public void Warm_up_stable_decay_keeps_the_peak_until_the_decay()
    {
        WarmupStableDecaySchedule schedule = new(new WarmupStableDecayScheduleOptions { TotalSteps = 20, WarmupSteps = 3, DecaySteps = 5, Floor = 0.1 });
        Assert.Equal(1, schedule.Factor(3));
        Assert.Equal(1, schedule.Factor(15), 1e-15);
        Assert.Equal(0.82, schedule.Factor(16), 1e-12);
        Assert.Equal(0.1, schedule.Factor(20), 1e-15);
        Assert.Equal(0.1, schedule.Factor(21), 1e-15);
    }

    [Fact]
    public void Settings_outside_their_range_are_refused_by_name()
    {
        AssertRefused("WarmupSteps", () => new ConstantSchedule(new ConstantScheduleOptions { WarmupSteps = -1 }));
        AssertRefused("TotalSteps", () => new LinearSchedule(new LinearScheduleOptions { TotalSteps = 0 }));
        AssertRefused("TotalSteps", () => new CosineSchedule(new CosineScheduleOptions { TotalSteps = 5, WarmupSteps = 6 }));
        AssertRefused("Floor", () => new CosineSchedule(new CosineScheduleOptions { TotalSteps = 5, Floor = double.NaN }));
        AssertRefused("DecaySteps", () => new WarmupStableDecaySchedule(new WarmupStableDecayScheduleOptions { TotalSteps = 5, WarmupSteps = 2, DecaySteps = 4 }));
    }

    private static void AssertRefused(string key, Func<Schedule> create) =>
        Assert.Contains(key, Assert.Throws<ArgumentException>(create).Message, StringComparison.Ordinal);
}
