using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Advantages;

/// <summary>The same advantage on every policy token, whatever the reward: with value 1 and no clip the objective is maximum likelihood of the rollouts.</summary>
public sealed class ConstantAdvantage(ConstantAdvantageOptions options) : OutcomeAdvantage(Definition.Info)
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IAdvantage, ConstantAdvantageOptions> Definition { get; } = new(
        new ComponentInfo("constant", Seam.Advantages, "The same advantage on every policy token.", "A_{i,t} = a", "Maximum likelihood when a = 1"),
        ConstantAdvantageOptions.Schema,
        options => new ConstantAdvantage(options));

    /// <inheritdoc/>
    protected override void ComputeGroup(PathBatch batch, int group, ReadOnlySpan<float> rewards, Span<float> advantages) => advantages.Fill((float)options.Value);
}
