using Proximal.Recipes;
using Proximal.Tensors.Schedules;

namespace Proximal.Schedules;

/// <summary>A straight line from the peak to the floor.</summary>
public sealed record LinearSettings : ScheduleSettings
{
    /// <summary>Share of the peak at the end.</summary>
    public double Floor { get; init; }

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<LinearSettings> Schema { get; } = new OptionSchema<LinearSettings>(() => new LinearSettings())
        .Integer("warm-up", s => s.WarmUp, (s, v) => s with { WarmUp = v }, "Steps of linear warm-up.", 0)
        .Number("floor", s => s.Floor, (s, v) => s with { Floor = v }, "Share of the peak at the end.", 0, 1);

    /// <inheritdoc/>
    public override Schedule Create(long steps) => new LinearSchedule(new LinearScheduleOptions { TotalSteps = steps, WarmupSteps = Math.Min(WarmUp, steps), Floor = Floor });
}
