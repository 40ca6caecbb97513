using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Control.Learning;

/// <summary>The keys of <see cref="OffPolicyOptions"/> in a recipe.</summary>
internal static class OffPolicySchema
{
    /// <summary>The options, if all of them are in their ranges.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names algorithm, key, value and range.</exception>
    public static T Check<T>(this OptionSchema<T> schema, T options, string algorithm)
        where T : OffPolicyOptions
    {
        return schema.FindFault(options) is { } fault ? throw new ArgumentException($"{algorithm}: {fault}.", nameof(options)) : options;
    }

    /// <summary>Adds the keys of <see cref="OffPolicyOptions"/>.</summary>
    public static OptionSchema<T> OffPolicy<T>(this OptionSchema<T> schema)
        where T : OffPolicyOptions => schema
            .Integer("environments", o => o.Environments, (o, v) => (T)((OffPolicyOptions)o with { Environments = v }), "Copies of the environment that are stepped together.", 1, 1 << 16)
            .Integer("buffer-size", o => o.BufferSize, (o, v) => (T)((OffPolicyOptions)o with { BufferSize = v }), "Transitions that the replay buffer holds.", 1, 1 << 29)
            .Integer("batch-size", o => o.BatchSize, (o, v) => (T)((OffPolicyOptions)o with { BatchSize = v }), "Transitions of an update.", 1, 1 << 20)
            .Integer("learning-starts", o => o.LearningStarts, (o, v) => (T)((OffPolicyOptions)o with { LearningStarts = v }), "Steps with random actions and without updates at the beginning.", 0)
            .Integer("train-frequency", o => o.TrainFrequency, (o, v) => (T)((OffPolicyOptions)o with { TrainFrequency = v }), "Steps of the environment, over all copies, between updates.", 1)
            .Integer("gradient-steps", o => o.GradientSteps, (o, v) => (T)((OffPolicyOptions)o with { GradientSteps = v }), "Updates each time.", 1, 1 << 16)
            .Number("discount", o => o.Discount, (o, v) => (T)((OffPolicyOptions)o with { Discount = v }), "gamma.", 0, 1)
            .Integer("n-steps", o => o.NSteps, (o, v) => (T)((OffPolicyOptions)o with { NSteps = v }), "n: steps that a transition joins.", 1, 1 << 12)
            .Integer("steps-per-iteration", o => o.StepsPerIteration, (o, v) => (T)((OffPolicyOptions)o with { StepsPerIteration = v }), "Steps between two reports and possible checkpoints; no part of the results.", 1)
            .WithNetwork(o => o.Network, (o, v) => (T)((OffPolicyOptions)o with { Network = v }), memory: false);
}
