using System.Globalization;
using Proximal.Models.Networks;
using Proximal.Recipes;

namespace Proximal.Control.Recipes;

/// <summary>The keys of <see cref="NetworkSettings"/> among the options of an algorithm.</summary>
internal static class NetworkSchema
{
    /// <summary>Adds hidden layers, activation, convolutions and memory.</summary>
    public static OptionSchema<T> WithNetwork<T>(this OptionSchema<T> schema, Func<T, NetworkSettings> get, Func<T, NetworkSettings, T> with, bool memory = true)
        where T : class
    {
        schema
            .IntegerList("hidden", o => get(o).Hidden, (o, v) => with(o, get(o) with { Hidden = v }), "Widths of the hidden layers; none makes a linear network.", 1, NetworkSettings.LargestWidth)
            .Choice(
                "activation",
                o => get(o).Activation,
                (o, v) => with(o, get(o) with { Activation = v }),
                "After every layer but the last.",
                ("tanh", Activation.Tanh),
                ("relu", Activation.Relu),
                ("elu", Activation.Elu),
                ("gelu", Activation.Gelu),
                ("silu", Activation.Silu),
                ("mish", Activation.Mish),
                ("leaky-relu", Activation.LeakyRelu),
                ("identity", Activation.Identity))
            .TextList("convolutions", o => [.. get(o).Convolutions.Select(Format)], (o, v) => with(o, get(o) with { Convolutions = [.. v.Select(Parse)] }), "Convolutions over pictures before the hidden layers, as '16x3' or '32x3/2': filters, size, stride.");
        if (memory)
        {
            schema
                .Choice(
                    "memory",
                    o => get(o).Memory,
                    (o, v) => with(o, get(o) with { Memory = v }),
                    "Memory over the steps of an episode, behind the hidden layers.",
                    ("none", MemoryKind.None),
                    ("lstm", MemoryKind.Lstm),
                    ("gru", MemoryKind.Gru))
                .Integer("memory-width", o => get(o).MemoryWidth, (o, v) => with(o, get(o) with { MemoryWidth = v }), "Numbers that the memory gives out per step.", 1, NetworkSettings.LargestWidth);
        }

        return schema.Rule(o => FindFault(get(o)));
    }

    private static string? FindFault(NetworkSettings settings)
    {
        try
        {
            settings.Validate();
            return null;
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }

    private static string Format(ConvolutionSettings layer) =>
        string.Create(CultureInfo.InvariantCulture, $"{layer.Filters}x{layer.Size}{(layer.Stride == 1 ? "" : $"/{layer.Stride}")}");

    // What cannot be read becomes a layer that the rule refuses by its values.
    private static ConvolutionSettings Parse(string text)
    {
        string[] parts = text.Split('x', '/');
        return parts.Length is 2 or 3
            ? new ConvolutionSettings(Integer(parts[0]), Integer(parts[1]), parts.Length == 3 ? Integer(parts[2]) : 1)
            : new ConvolutionSettings(-1);
    }

    private static int Integer(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : -1;
}
