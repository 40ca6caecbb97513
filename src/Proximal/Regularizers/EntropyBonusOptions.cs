using Proximal.Recipes;

namespace Proximal.Regularizers;

/// <summary>Options of <see cref="EntropyBonus"/>.</summary>
public sealed record EntropyBonusOptions
{
    /// <summary>c_e: weight of the entropy; negative values are a penalty on it.</summary>
    public double Coefficient { get; init; } = 0.001;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<EntropyBonusOptions> Schema { get; } = new OptionSchema<EntropyBonusOptions>(() => new EntropyBonusOptions())
        .Number("coefficient", o => o.Coefficient, (o, v) => o with { Coefficient = v }, "c_e: weight of the entropy; negative values are a penalty on it.", -1e6, 1e6);
}
