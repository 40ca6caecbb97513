using Proximal.Recipes;

namespace Proximal.Control.Environments.RigidBodies;

/// <summary>Settings of <see cref="TrackQuad2D"/>.</summary>
public sealed record TrackQuadOptions
{
    /// <summary>Least speed that is commanded (m/s).</summary>
    public double LowestCommand { get; init; } = -0.5;

    /// <summary>Greatest speed that is commanded (m/s).</summary>
    public double HighestCommand { get; init; } = 1;

    /// <summary>Seconds after which another speed is commanded; 0 keeps one for the episode.</summary>
    public double CommandSeconds { get; init; }

    /// <summary>How the speed is rewarded.</summary>
    public TrackQuadReward Reward { get; init; }

    /// <summary>Who pushes.</summary>
    public TrackQuadDisturbance Disturbance { get; init; }

    /// <summary>Greatest force of pushes and of a learned disturber (N).</summary>
    public double GreatestForce { get; init; } = 60;

    /// <summary>Forces at fixed times, on top of the others.</summary>
    public IReadOnlyList<TrackQuadForce> Schedule { get; init; } = [];

    /// <summary>Whether every episode has another robot; otherwise it is <see cref="Domain"/>.</summary>
    public bool RandomDomain { get; init; }

    /// <summary>What the widths of the ranges of random robots are multiplied with.</summary>
    public double DomainSpread { get; init; } = 1;

    /// <summary>The robot of all episodes.</summary>
    public TrackQuadDomain Domain { get; init; } = TrackQuadDomain.Nominal;

    /// <summary>Whether the observation is a dictionary of <c>state</c> and <c>domain</c>: the six numbers of the robot, for critics and oracles.</summary>
    public bool ObserveDomain { get; init; }

    /// <summary>Positions and velocities begin up to this far from their usual values.</summary>
    public double ResetNoise { get; init; } = 0.01;

    /// <summary>The options as a recipe gives them, all but schedule and robot.</summary>
    public static OptionSchema<TrackQuadOptions> Schema { get; } = new OptionSchema<TrackQuadOptions>(() => new TrackQuadOptions())
        .Number("lowest-command", o => o.LowestCommand, (o, v) => o with { LowestCommand = v }, "least speed that is commanded (m/s)", minimum: -5, maximum: 5)
        .Number("highest-command", o => o.HighestCommand, (o, v) => o with { HighestCommand = v }, "greatest speed that is commanded (m/s)", minimum: -5, maximum: 5)
        .Number("command-seconds", o => o.CommandSeconds, (o, v) => o with { CommandSeconds = v }, "seconds after which another speed is commanded, 0 for never", minimum: 0)
        .Choice("reward", o => o.Reward, (o, v) => o with { Reward = v }, "how the speed is rewarded", ("linear", TrackQuadReward.Linear), ("exponential", TrackQuadReward.Exponential))
        .Choice("disturbance", o => o.Disturbance, (o, v) => o with { Disturbance = v }, "who pushes the trunk", ("none", TrackQuadDisturbance.None), ("pushes", TrackQuadDisturbance.Pushes), ("action", TrackQuadDisturbance.Action))
        .Number("greatest-force", o => o.GreatestForce, (o, v) => o with { GreatestForce = v }, "greatest force of pushes and of a learned disturber (N)", minimum: 0, maximum: 1000)
        .Flag("random-domain", o => o.RandomDomain, (o, v) => o with { RandomDomain = v }, "whether every episode has another robot")
        .Number("domain-spread", o => o.DomainSpread, (o, v) => o with { DomainSpread = v }, "widens the ranges of random robots around their middles", minimum: 0, maximum: 1.9)
        .Flag("observe-domain", o => o.ObserveDomain, (o, v) => o with { ObserveDomain = v }, "whether the observation tells the robot too")
        .Number("reset-noise", o => o.ResetNoise, (o, v) => o with { ResetNoise = v }, "greatest distance of the first state from the usual one", minimum: 0, maximum: 0.1)
        .Rule(o => o.LowestCommand <= o.HighestCommand ? null : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"'lowest-command' is {o.LowestCommand}, expected at most 'highest-command', {o.HighestCommand}"))
        .Rule(o => o.Domain is { Latency: 0 or 1, Payload: > -5 } ? null : "'Domain' has a latency other than 0 and 1, or takes away more than 5 kg");
}
