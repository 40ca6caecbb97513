using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Control.Learning;

/// <summary>The keys of <see cref="OnPolicyOptions"/> in a recipe.</summary>
internal static class OnPolicySchema
{
    /// <summary>A schema with the keys that all on-policy algorithms share.</summary>
    public static OptionSchema<T> Create<T>(Func<T> defaults)
        where T : OnPolicyOptions => new OptionSchema<T>(defaults)
        .Integer("environments", o => o.Environments, (o, v) => With(o, b => b with { Environments = v }), "Copies of the environment.", 1, 1 << 16)
        .Integer("rollout-steps", o => o.Steps, (o, v) => With(o, b => b with { Steps = v }), "Steps of every copy per iteration.", 1, 1 << 20)
        .Number("discount", o => o.Discount, (o, v) => With(o, b => b with { Discount = v }), "Discount of later rewards, gamma.", 0, 1)
        .Number("gae-lambda", o => o.GaeLambda, (o, v) => With(o, b => b with { GaeLambda = v }), "Lambda of generalized advantage estimation.", 0, 1)
        .Number("learning-rate", o => o.LearningRate, (o, v) => With(o, b => b with { LearningRate = v }), "The learning rate, at the beginning where it is annealed.", 0)
        .Flag("anneal-learning-rate", o => o.AnnealLearningRate, (o, v) => With(o, b => b with { AnnealLearningRate = v }), "Whether the learning rate falls linearly to 0.")
        .Flag("bootstrap-on-truncation", o => o.BootstrapOnTruncation, (o, v) => With(o, b => b with { BootstrapOnTruncation = v }), "Whether a truncated episode is worth what its last observation is.")
        .Flag("normalize-observations", o => o.NormalizeObservations, (o, v) => With(o, b => b with { NormalizeObservations = v }), "Whether observations are brought to mean 0 and variance 1 by running statistics.")
        .Number("observation-clip", o => o.ObservationClip, (o, v) => With(o, b => b with { ObservationClip = v }), "Largest magnitude of normalized observations.", 1e-6, 1e6)
        .Flag("normalize-rewards", o => o.NormalizeRewards, (o, v) => With(o, b => b with { NormalizeRewards = v }), "Whether rewards are divided by the standard deviation of the discounted returns.")
        .Number("reward-clip", o => o.RewardClip, (o, v) => With(o, b => b with { RewardClip = v }), "Largest magnitude of normalized rewards.", 1e-6)
        .Flag("shared-network", o => o.SharedNetwork, (o, v) => With(o, b => b with { SharedNetwork = v }), "Whether actor and critic share all layers but the last; always so with a memory.")
        .Number("initial-log-standard-deviation", o => o.InitialLogStandardDeviation, (o, v) => With(o, b => b with { InitialLogStandardDeviation = v }), "The logarithm of the standard deviations of actions at the beginning.", -10, 10)
        .WithNetwork(o => o.Network, (o, v) => With(o, b => b with { Network = v }));

    /// <summary>Adds the rules over several options: what the record itself refuses.</summary>
    public static OptionSchema<T> Validated<T>(this OptionSchema<T> schema)
        where T : OnPolicyOptions => schema.Rule(options =>
    {
        try
        {
            options.Validate();
            return null;
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    });

    private static T With<T>(T options, Func<OnPolicyOptions, OnPolicyOptions> change)
        where T : OnPolicyOptions => (T)change(options);
}
