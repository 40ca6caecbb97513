using Proximal.Recipes;

namespace Proximal.Schedules;

/// <summary>The schedules of the learning rate that recipes can name.</summary>
public static class ScheduleModule
{
    /// <summary>The peak learning rate after warm-up.</summary>
    public static ComponentDefinition<ScheduleSettings, ConstantSettings> Constant { get; } = new(
        new ComponentInfo("constant", Seam.Schedules, "The peak learning rate after warm-up.", "f(t) = 1", ""),
        ConstantSettings.Schema,
        settings => settings);

    /// <summary>A straight line from the peak to the floor.</summary>
    public static ComponentDefinition<ScheduleSettings, LinearSettings> Linear { get; } = new(
        new ComponentInfo("linear", Seam.Schedules, "A straight line from the peak to the floor.", "f(t) = floor + (1 - floor) (1 - t)", ""),
        LinearSettings.Schema,
        settings => settings);

    /// <summary>Half a cosine from the peak to the floor.</summary>
    public static ComponentDefinition<ScheduleSettings, CosineSettings> Cosine { get; } = new(
        new ComponentInfo("cosine", Seam.Schedules, "Half a cosine from the peak to the floor.", "f(t) = floor + (1 - floor) (1 + cos(pi t)) / 2", "Loshchilov and Hutter 2017, \"SGDR: stochastic gradient descent with warm restarts\""),
        CosineSettings.Schema,
        settings => settings);

    /// <summary>A plateau, and a linear decay to the floor over the last steps.</summary>
    public static ComponentDefinition<ScheduleSettings, WarmupStableDecaySettings> WarmupStableDecay { get; } = new(
        new ComponentInfo("warm-up-stable-decay", Seam.Schedules, "A plateau, and a linear decay to the floor over the last steps.", "f(t) = 1 until the last steps, then a line to the floor", "Hu et al. 2024, \"MiniCPM\""),
        WarmupStableDecaySettings.Schema,
        settings => settings);

    /// <summary>A new catalog of all of them.</summary>
    public static ComponentCatalog<ScheduleSettings> CreateCatalog() => new ComponentCatalog<ScheduleSettings>(Seam.Schedules)
        .Add(Constant)
        .Add(Linear)
        .Add(Cosine)
        .Add(WarmupStableDecay);
}
