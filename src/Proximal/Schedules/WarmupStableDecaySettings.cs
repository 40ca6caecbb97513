using Proximal.Recipes;
using Proximal.Tensors.Schedules;

namespace Proximal.Schedules;

/// <summary>A plateau, and a linear decay to the floor over the last steps.</summary>
public sealed record WarmupStableDecaySettings : ScheduleSettings
{
    /// <summary>Share of the stage that decays.</summary>
    public double Decay { get; init; } = 0.2;

    /// <summary>Share of the peak at the end.</summary>
    public double Floor { get; init; }

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<WarmupStableDecaySettings> Schema { get; } = new OptionSchema<WarmupStableDecaySettings>(() => new WarmupStableDecaySettings())
        .Integer("warm-up", s => s.WarmUp, (s, v) => s with { WarmUp = v }, "Steps of linear warm-up.", 0)
        .Number("decay", s => s.Decay, (s, v) => s with { Decay = v }, "Share of the stage that decays.", 0, 1)
        .Number("floor", s => s.Floor, (s, v) => s with { Floor = v }, "Share of the peak at the end.", 0, 1);

    /// <inheritdoc/>
    public override Schedule Create(long steps)
    {
        long warmUp = Math.Min(WarmUp, steps);
        return new WarmupStableDecaySchedule(new WarmupStableDecayScheduleOptions
        {
            TotalSteps = steps,
            WarmupSteps = warmUp,
            DecaySteps = Math.Min((long)Math.Round(Decay * steps), steps - warmUp),
            Floor = Floor,
        });
    }
}
