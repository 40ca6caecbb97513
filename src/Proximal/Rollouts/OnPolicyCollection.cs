using Proximal.Recipes;

namespace Proximal.Rollouts;

/// <summary>Every step rolls out the policy as it is.</summary>
public sealed record OnPolicyCollection : CollectionSettings
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<CollectionSettings, OnPolicyCollection> Definition { get; } = new(
        new ComponentInfo("on-policy", Seam.Rollouts, "Fresh rollouts of the policy as it is.", "y_i ~ π_θ", "")
        {
            Mechanism = "Generation and training run on the same kernels, so the recorded log-probabilities are the trainer's own and the ratio of a first update is exactly 1.",
        },
        new OptionSchema<OnPolicyCollection>(() => new OnPolicyCollection()),
        settings => settings);

    /// <inheritdoc/>
    public override IRollouts Create(RolloutParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return parts.OnPolicy();
    }
}
