using Proximal.Recipes;

namespace Proximal.Control.Environments.Generation;

/// <summary>Settings of <see cref="Flow2D"/>.</summary>
public sealed record Flow2DOptions
{
    /// <summary>Modes of the data that are asked for, from 1 to 8; one of them for every episode.</summary>
    public int Targets { get; init; } = 1;

    /// <summary>Dimensions beside the two that count: normal in the data, seen by neither reward.</summary>
    public int Padding { get; init; }

    /// <summary>w, the width of the proxy in radians.</summary>
    public double AngleWidth { get; init; } = 0.2;

    /// <summary>The least gold score of a sample: what is far from the target is all alike.</summary>
    public double GoldFloor { get; init; } = -20;

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<Flow2DOptions> Schema { get; } = new OptionSchema<Flow2DOptions>(() => new Flow2DOptions())
        .Integer("targets", o => o.Targets, (o, v) => o with { Targets = v }, "Modes of the data that are asked for; one of them for every episode.", 1, Flow2D.Modes)
        .Integer("padding", o => o.Padding, (o, v) => o with { Padding = v }, "Dimensions beside the two that count: normal in the data, seen by neither reward.", 0, 4096)
        .Number("angle-width", o => o.AngleWidth, (o, v) => o with { AngleWidth = v }, "Width of the proxy in radians.", 1e-3, 10)
        .Number("gold-floor", o => o.GoldFloor, (o, v) => o with { GoldFloor = v }, "The least gold score of a sample.", -1e6, 0);
}
