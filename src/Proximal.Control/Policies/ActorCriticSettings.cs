using System.Text.Json;
using Proximal.Models.Files;
using Proximal.Models.Networks;

namespace Proximal.Control.Policies;

/// <summary>What an <see cref="ActorCriticPolicy"/> is made of.</summary>
public sealed record ActorCriticSettings
{
    /// <summary>Layers of the actor and of the critic.</summary>
    public NetworkSettings Network { get; init; } = new();

    /// <summary>Whether actor and critic share all layers but the last; always so with a memory.</summary>
    public bool Shared { get; init; }

    /// <summary>Whether observations are brought to mean 0 and variance 1 by running statistics, which belong to the policy.</summary>
    public bool NormalizeObservations { get; init; }

    /// <summary>Largest magnitude of normalized observations.</summary>
    public double ObservationClip { get; init; } = 10;

    /// <summary>The logarithm of the standard deviations at the beginning, for actions in a box.</summary>
    public double InitialLogStandardDeviation { get; init; }

    /// <summary>Gain of the actor's last layer: small, so that all actions are about as likely at first.</summary>
    public double ActorGain { get; init; } = 0.01;

    internal static ActorCriticSettings Read(JsonFields fields) => new()
    {
        Network = NetworkSettingsJson.Read(fields, "network"),
        Shared = fields.Flag("shared", absent: false),
        NormalizeObservations = fields.Flag("normalize-observations", absent: false),
        ObservationClip = fields.NumberOrNull("observation-clip", 1e-6, 1e6) ?? 10,
    };

    internal void Write(Utf8JsonWriter writer)
    {
        NetworkSettingsJson.Write(writer, "network", Network);
        writer.WriteBoolean("shared", Shared);
        writer.WriteBoolean("normalize-observations", NormalizeObservations);
        writer.WriteNumber("observation-clip", ObservationClip);
    }
}
