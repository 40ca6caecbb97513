using Proximal.Recipes;

namespace Proximal.Advantages;

/// <summary>Dr. GRPO: <see cref="GroupRelativeAdvantage"/> without the division by the deviation, which over-weights nearly solved and nearly hopeless prompts.</summary>
public static class DrGrpoAdvantage
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IAdvantage, NoOptions> Definition { get; } = new(
        new ComponentInfo(
            "dr-grpo",
            Seam.Advantages,
            "Rewards centred within the group, not divided by their deviation.",
            "A_{i,t} = R_i - mean_g(R)",
            "Liu et al. 2025, Understanding R1-Zero-Like Training, arXiv:2503.20783"),
        NoOptions.Schema,
        _ => Create());

    /// <summary>The component.</summary>
    public static GroupRelativeAdvantage Create() => new(new GroupRelativeOptions { Normalization = GroupNormalization.None }, Definition.Info);
}
