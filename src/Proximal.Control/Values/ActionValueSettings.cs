using System.Globalization;
using System.Text.Json;
using Proximal.Models.Files;
using Proximal.Models.Networks;

namespace Proximal.Control.Values;

/// <summary>What a network of action values is built from.</summary>
public sealed record ActionValueSettings
{
    private static readonly string[] Distributions = ["mean", "categorical", "quantile"];

    /// <summary>Layers. The last hidden one belongs to the head, or to both of its streams.</summary>
    public NetworkSettings Network { get; init; } = new() { Hidden = [120, 84], Activation = Activation.Relu, Orthogonal = false };

    /// <summary>Whether Q = V + A - mean A from two streams (Wang et al. 2016).</summary>
    public bool Dueling { get; init; }

    /// <summary>Whether the layers of the head are noisy (Fortunato et al. 2018), see <see cref="NoisyLinearLayer"/>.</summary>
    public bool Noisy { get; init; }

    /// <summary>First deviation of noisy layers, before it is divided by the root of their width.</summary>
    public double NoiseDeviation { get; init; } = 0.5;

    /// <summary>What is said about the return.</summary>
    public ValueDistribution Distribution { get; init; }

    /// <summary>Atoms or quantiles of a distribution, 2 to 10,000.</summary>
    public int Atoms { get; init; } = 51;

    /// <summary>v_min, the lowest atom.</summary>
    public double MinimumValue { get; init; } = -10;

    /// <summary>v_max, the highest atom.</summary>
    public double MaximumValue { get; init; } = 10;

    /// <summary>Numbers per action.</summary>
    public int OutputsPerAction => Distribution == ValueDistribution.Mean ? 1 : Atoms;

    /// <summary>Refuses settings outside their ranges.</summary>
    /// <exception cref="ArgumentException">A setting is outside its range; the message names it.</exception>
    public void Validate()
    {
        Network.Validate();
        if (Atoms is < 2 or > 10_000)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Atoms is {Atoms}; it must be in 2..10000."));
        }

        if (!double.IsFinite(MinimumValue) || !double.IsFinite(MaximumValue) || MinimumValue >= MaximumValue)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"MinimumValue is {MinimumValue} and MaximumValue {MaximumValue}; they must be finite, the first less than the second."));
        }

        if (!double.IsFinite(NoiseDeviation) || NoiseDeviation < 0)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"NoiseDeviation is {NoiseDeviation}; it must be finite and 0 or more."));
        }
    }

    internal void Write(Utf8JsonWriter writer)
    {
        NetworkSettingsJson.Write(writer, "network", Network);
        writer.WriteBoolean("dueling", Dueling);
        writer.WriteBoolean("noisy", Noisy);
        writer.WriteNumber("noise-deviation", NoiseDeviation);
        writer.WriteString("distribution", Distributions[(int)Distribution]);
        writer.WriteNumber("atoms", Atoms);
        writer.WriteNumber("minimum-value", MinimumValue);
        writer.WriteNumber("maximum-value", MaximumValue);
    }

    internal static ActionValueSettings Read(JsonFields fields)
    {
        ActionValueSettings defaults = new();
        int distribution = Array.IndexOf(Distributions, fields.Text("distribution"));
        double minimum = fields.NumberOrNull("minimum-value", -1e30, 1e30) ?? defaults.MinimumValue;
        return new ActionValueSettings
        {
            Network = NetworkSettingsJson.Read(fields, "network"),
            Dueling = fields.Flag("dueling", absent: false),
            Noisy = fields.Flag("noisy", absent: false),
            NoiseDeviation = fields.NumberOrNull("noise-deviation", 0, 1e6) ?? defaults.NoiseDeviation,
            Distribution = distribution >= 0 ? (ValueDistribution)distribution : throw fields.Fault("distribution", fields.Text("distribution"), $"one of {string.Join(", ", Distributions)}"),
            Atoms = fields.IntegerOrNull("atoms", 2, 10_000) ?? defaults.Atoms,
            MinimumValue = minimum,
            MaximumValue = fields.NumberOrNull("maximum-value", Math.BitIncrement(minimum), 1e30) ?? defaults.MaximumValue,
        };
    }
}
