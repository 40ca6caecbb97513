using System.Globalization;
using Proximal.Models.Networks;
using Proximal.Recipes;

namespace Proximal.Control.Recipes;

/// <summary>Options of networks that many algorithms have.</summary>
internal static class NetworkOptions
{
    private const int WidestLayer = 1 << 14;
    private const int MostLayers = 16;

    /// <summary>Adds the sizes of hidden layers.</summary>
    public static OptionSchema<T> HiddenLayers<T>(
        this OptionSchema<T> schema, string key, Func<T, IReadOnlyList<int>> get, Func<T, IReadOnlyList<int>, T> with, string description)
        where T : class => schema
        .NumberList(key, o => [.. get(o).Select(size => (double)size)], (o, v) => with(o, [.. v.Select(ToSize)]), description)
        .Rule(o => get(o).Count <= MostLayers && get(o).All(size => size is >= 1 and <= WidestLayer)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"'{key}' is [{string.Join(", ", get(o))}], expected at most {MostLayers} whole numbers from 1 to {WidestLayer}"));

    /// <summary>Adds the nonlinearity between layers.</summary>
    public static OptionSchema<T> Nonlinearity<T>(this OptionSchema<T> schema, Func<T, Activation> get, Func<T, Activation, T> with)
        where T : class => schema.Choice(
            "activation",
            get,
            with,
            "Nonlinearity after hidden layers.",
            ("identity", Activation.Identity),
            ("relu", Activation.Relu),
            ("tanh", Activation.Tanh),
            ("leaky-relu", Activation.LeakyRelu),
            ("elu", Activation.Elu),
            ("gelu", Activation.Gelu),
            ("silu", Activation.Silu),
            ("mish", Activation.Mish));

    /// <summary>A number that is no size becomes one that the rule refuses.</summary>
    private static int ToSize(double value) => double.IsInteger(value) && value is >= 1 and <= WidestLayer ? (int)value : 0;
}
