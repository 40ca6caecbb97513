using Proximal.Models.Networks;
using Proximal.Recipes;

namespace Proximal.Control.Learning;

/// <summary>Keys that several algorithms share.</summary>
internal static class OptionSchemaExtensions
{
    /// <summary>The options, if all of them are in their ranges.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names algorithm, key, value and range.</exception>
    public static T Check<T>(this OptionSchema<T> schema, T options, string algorithm)
        where T : OffPolicyOptions
    {
        if (schema.FindFault(options) is { } fault)
        {
            throw new ArgumentException($"{algorithm}: {fault}.", nameof(options));
        }

        options.Network.Validate();
        return options;
    }

    /// <summary>Adds the keys of <see cref="OffPolicyOptions"/>.</summary>
    public static OptionSchema<T> OffPolicy<T>(this OptionSchema<T> schema)
        where T : OffPolicyOptions => schema
            .Integer("copies", o => o.Copies, (o, v) => (T)((OffPolicyOptions)o with { Copies = v }), "Copies of the environment that are stepped together.", 1, 1 << 16)
            .Integer("buffer-size", o => o.BufferSize, (o, v) => (T)((OffPolicyOptions)o with { BufferSize = v }), "Transitions that the replay buffer holds.", 1, 1 << 29)
            .Integer("batch-size", o => o.BatchSize, (o, v) => (T)((OffPolicyOptions)o with { BatchSize = v }), "Transitions of an update.", 1, 1 << 20)
            .Integer("learning-starts", o => o.LearningStarts, (o, v) => (T)((OffPolicyOptions)o with { LearningStarts = v }), "Steps with random actions and without updates at the beginning.", 0)
            .Integer("train-frequency", o => o.TrainFrequency, (o, v) => (T)((OffPolicyOptions)o with { TrainFrequency = v }), "Steps of the environment, over all copies, between updates.", 1)
            .Integer("gradient-steps", o => o.GradientSteps, (o, v) => (T)((OffPolicyOptions)o with { GradientSteps = v }), "Updates each time.", 1, 1 << 16)
            .Number("discount", o => o.Discount, (o, v) => (T)((OffPolicyOptions)o with { Discount = v }), "gamma.", 0, 1)
            .Integer("n-steps", o => o.NSteps, (o, v) => (T)((OffPolicyOptions)o with { NSteps = v }), "n: steps that a transition joins.", 1, 1 << 12)
            .NumberList("hidden", o => [.. o.Network.Hidden.Select(width => (double)width)], (o, v) => (T)((OffPolicyOptions)o with { Network = o.Network with { Hidden = Widths(v) } }), "Widths of the hidden layers.")
            .NumberList("filters", o => [.. o.Network.Convolutions.Select(layer => (double)layer.Filters)], (o, v) => (T)((OffPolicyOptions)o with { Network = o.Network with { Convolutions = [.. Widths(v).Select(width => new ConvolutionSettings(width))] } }), "Filters of the 3x3 convolutions before them, for pictures.")
            .Choice(
                "activation",
                o => o.Network.Activation,
                (o, v) => (T)((OffPolicyOptions)o with { Network = o.Network with { Activation = v } }),
                "After every layer but the last.",
                ("relu", Activation.Relu),
                ("tanh", Activation.Tanh),
                ("leaky-relu", Activation.LeakyRelu),
                ("elu", Activation.Elu),
                ("gelu", Activation.Gelu),
                ("silu", Activation.Silu),
                ("mish", Activation.Mish),
                ("identity", Activation.Identity))
            .Integer("steps-per-iteration", o => o.StepsPerIteration, (o, v) => (T)((OffPolicyOptions)o with { StepsPerIteration = v }), "Steps between two reports and possible checkpoints; no part of the results.", 1);

    private static int[] Widths(IReadOnlyList<double> values) => [.. values.Select(value => value == Math.Floor(value) && value is >= 1 and <= int.MaxValue ? (int)value : 0)];
}
