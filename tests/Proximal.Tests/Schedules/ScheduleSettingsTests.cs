using Proximal.Recipes;
using Proximal.Schedules;
using Proximal.Tensors.Schedules;

namespace Proximal.Tests.Schedules;

public sealed class ScheduleSettingsTests
{
    [Fact]
    public void Every_schedule_rises_over_the_warm_up_and_ends_at_its_floor()
    {
        foreach (ScheduleSettings settings in new ScheduleSettings[]
        {
            new LinearSettings { WarmUp = 9, Floor = 0.1 },
            new CosineSettings { WarmUp = 9, Floor = 0.1 },
            new WarmupStableDecaySettings { WarmUp = 9, Decay = 0.5, Floor = 0.1 },
        })
        {
            Schedule schedule = settings.Create(100);

            Assert.Equal(0.1, schedule.Factor(0), 12);
            Assert.Equal(1, schedule.Factor(9), 12);
            Assert.Equal(0.1, schedule.Factor(100), 12);
        }
    }

    [Fact]
    public void The_plateau_ends_where_the_decay_starts()
    {
        Schedule schedule = new WarmupStableDecaySettings { Decay = 0.5 }.Create(100);

        Assert.Equal(1, schedule.Factor(50));
        Assert.Equal(0.5, schedule.Factor(75), 12);
    }

    [Fact]
    public void A_stage_shorter_than_its_warm_up_is_all_warm_up()
    {
        foreach (ComponentDefinition definition in ScheduleModule.CreateCatalog().Components)
        {
            ScheduleSettings settings = new ComponentChoice(definition).Create<ScheduleSettings>() with { WarmUp = 20 };

            Assert.Equal(0.5, settings.Create(3).Factor(1));
        }
    }
}
