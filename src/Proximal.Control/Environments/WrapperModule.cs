using Proximal.Control.Environments.Wrappers;
using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Control.Environments;

/// <summary>The wrappers that recipes can name.</summary>
public static class WrapperModule
{
    /// <summary>Adds all of them.</summary>
    public static void Register(ComponentCatalog<Wrapper> catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        catalog
            .Add(Define("time-limit", "Truncates episodes after a number of steps.", "", TimeLimitOptions.Schema, (inner, o) => new TimeLimit(inner, o.Steps)))
            .Add(Define("time-feature", "Adds the time t/T - 1/2 to observations.", "Pardo et al. 2018, \"Time limits in reinforcement learning\"", NoOptions.Schema, (inner, _) => new TimeFeature(inner)))
            .Add(Define("frame-stack", "The last observations instead of one, the oldest first.", "Mnih et al. 2015, \"Human-level control through deep reinforcement learning\"", FrameStackOptions.Schema, (inner, o) => new FrameStack(inner, o.Frames)))
            .Add(Define("sticky-action", "Repeats the action of the step before with some probability.", "Machado et al. 2018, \"Revisiting the Arcade Learning Environment\"", StickyActionOptions.Schema, (inner, o) => new StickyAction(inner, o.Probability)))
            .Add(Define("action-subset", "Some of the actions, counted anew: the ones that matter.", "", ActionSubsetOptions.Schema, (inner, o) => new ActionSubset(inner, [.. o.Actions])))
            .Add(Define("clip-action", "Cuts actions to the bounds of their box.", "", NoOptions.Schema, (inner, _) => new ClipAction(inner)))
            .Add(Define("rescale-action", "Actions from -1 to 1 become actions from bound to bound.", "", NoOptions.Schema, (inner, _) => new RescaleAction(inner)))
            .Add(Define("reward-scale", "Multiplies rewards by a number and adds another; left out in evaluations.", "", RewardScaleOptions.Schema, (inner, o) => new RewardScale(inner, o.Scale, o.Offset), changesRewards: true))
            .Add(Define("normalize-reward", "Divides rewards by the deviation of discounted returns; left out in evaluations.", "Engstrom et al. 2020, \"Implementation matters in deep policy gradients\"", NormalizeRewardOptions.Schema, (inner, o) => new NormalizeReward(inner, o.Discount, o.Clip), changesRewards: true));
    }

    private static ComponentDefinition<Wrapper, TOptions> Define<TOptions>(
        string key, string summary, string source, OptionSchema<TOptions> options, Func<IEnvironment, TOptions, IEnvironment> wrap, bool changesRewards = false)
        where TOptions : class =>
        new(new ComponentInfo(key, Seam.Wrappers, summary, "", source), options, o => new Wrapper(inner => wrap(inner, o)) { ChangesRewards = changesRewards });
}
