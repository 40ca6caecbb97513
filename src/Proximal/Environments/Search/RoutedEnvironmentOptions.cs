using Proximal.Recipes;
using Proximal.Worlds.Routing;

namespace Proximal.Environments.Search;

/// <summary>Options of <see cref="RoutedEnvironment"/>.</summary>
public sealed record RoutedEnvironmentOptions
{
    /// <summary>T_max: turns that ask; the answer comes on top.</summary>
    public int Retrievals { get; init; } = 3;

    /// <summary>The most tokens of one turn.</summary>
    public int TurnTokens { get; init; } = 32;

    /// <summary>Probability that a turn of a demonstration asks any knowledge base.</summary>
    public double ExpertNoise { get; init; }

    /// <summary>Whether demonstrations ask again where they did not find what they asked for.</summary>
    public bool Recover { get; init; } = true;

    /// <summary>How demonstrations choose knowledge bases.</summary>
    public Router Router { get; init; }

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<RoutedEnvironmentOptions> Schema { get; } = new OptionSchema<RoutedEnvironmentOptions>(() => new RoutedEnvironmentOptions())
        .Integer("retrievals", o => o.Retrievals, (o, v) => o with { Retrievals = v }, "Turns that ask; the answer comes on top. 0 closes the book.", 0, 16)
        .Integer("turn-tokens", o => o.TurnTokens, (o, v) => o with { TurnTokens = v }, "The most tokens of one turn.", 1, 1_048_576)
        .Number("expert-noise", o => o.ExpertNoise, (o, v) => o with { ExpertNoise = v }, "Probability that a turn of a demonstration asks any knowledge base.", 0, 1)
        .Flag("recover", o => o.Recover, (o, v) => o with { Recover = v }, "Demonstrations ask again where they did not find what they asked for; otherwise they believe what they find.")
        .Choice(
            "router", o => o.Router, (o, v) => o with { Router = v }, "How demonstrations choose knowledge bases: by what each tells, or one of the static baselines.",
            ("schema", Router.Schema), ("always-text", Router.AlwaysText), ("ask-all", Router.AskAll), ("random", Router.Random));
}
