using Proximal.Recipes;
using Proximal.Tensors.Schedules;

namespace Proximal.Schedules;

/// <summary>The peak learning rate after warm-up.</summary>
public sealed record ConstantSettings : ScheduleSettings
{
    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<ConstantSettings> Schema { get; } = new OptionSchema<ConstantSettings>(() => new ConstantSettings())
        .Integer("warm-up", s => s.WarmUp, (s, v) => s with { WarmUp = v }, "Steps of linear warm-up.", 0);

    /// <inheritdoc/>
    public override Schedule Create(long steps) => new ConstantSchedule(new ConstantScheduleOptions { WarmupSteps = Math.Min(WarmUp, steps) });
}
