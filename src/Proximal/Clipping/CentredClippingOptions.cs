using Proximal.Recipes;

namespace Proximal.Clipping;

/// <summary>Options of <see cref="CentredClipping"/>.</summary>
public sealed record CentredClippingOptions
{
    /// <summary>ε: half the width of the window around the centre.</summary>
    public double Width { get; init; } = 0.2;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<CentredClippingOptions> Schema { get; } = new OptionSchema<CentredClippingOptions>(() => new CentredClippingOptions())
        .Number("width", o => o.Width, (o, v) => o with { Width = v }, "ε: the ratio may differ from its centre by this.", 0, 1e6);
}
