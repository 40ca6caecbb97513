using System.Globalization;
using Proximal.Models.Networks;
using Proximal.Recipes;

namespace Proximal.Control.Recipes;

/// <summary>Options of networks that many algorithms have.</summary>
internal static class NetworkOptions
{
    private const int MostLayers = 16;

    /// <summary>Adds the sizes of hidden layers.</summary>
    public static OptionSchema<T> HiddenLayers<T>(
        this OptionSchema<T> schema, string key, Func<T, IReadOnlyList<int>> get, Func<T, IReadOnlyList<int>, T> with, string description)
        where T : class => schema
        .IntegerList(key, get, with, description, 1, NetworkSettings.LargestWidth)
        .Rule(o => get(o).Count <= MostLayers ? null : string.Create(CultureInfo.InvariantCulture, $"'{key}' has {get(o).Count} numbers, expected at most {MostLayers}"));

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
}
