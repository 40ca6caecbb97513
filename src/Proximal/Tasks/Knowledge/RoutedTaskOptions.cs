using Proximal.Recipes;
using Proximal.Worlds.Routing;

namespace Proximal.Tasks.Knowledge;

/// <summary>Options of <see cref="RoutedTask"/>.</summary>
public sealed record RoutedTaskOptions
{
    /// <summary>Worlds, and which questions are asked about them.</summary>
    public RoutedOptions World { get; init; } = new();

    /// <summary>Whether all problems are about one world.</summary>
    public bool FixedWorld { get; init; }

    /// <summary>Another seed is another sequence of worlds.</summary>
    public int Seed { get; init; }

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<RoutedTaskOptions> Schema { get; } = new OptionSchema<RoutedTaskOptions>(() => new RoutedTaskOptions())
        .Integer("entities", o => o.World.World.Entities, (o, v) => o with { World = o.World with { World = o.World.World with { Entities = v } } }, "Entities of a world.", 40, 3600)
        .Number("incoming-share", o => o.World.World.IncomingShare, (o, v) => o with { World = o.World with { World = o.World.World with { IncomingShare = v } } }, "Share of relations that the object's document mentions too.", 0, 1)
        .Integer("fillers", o => o.World.World.Fillers, (o, v) => o with { World = o.World with { World = o.World.World with { Fillers = v } } }, "The most sentences of a document that say nothing.", 0, 3)
        .Integer("results", o => o.World.World.Results, (o, v) => o with { World = o.World with { World = o.World.World with { Results = v } } }, "k: documents or captions that a retrieval finds.", 1, 10)
        .Integer("rows", o => o.World.Rows, (o, v) => o with { World = o.World with { Rows = v } }, "The most rows that a table shows.", 1, 20)
        .Integer("snippet-tokens", o => o.World.World.SnippetTokens, (o, v) => o with { World = o.World with { World = o.World.World with { SnippetTokens = v } } }, "The most tokens of a document that a retrieval shows.", 10, 96)
        .Number("duplicate-share", o => o.World.DuplicateShare, (o, v) => o with { World = o.World with { DuplicateShare = v } }, "Share of facts that a second knowledge base has too.", 0, 1)
        .Number("anonymous-share", o => o.World.AnonymousShare, (o, v) => o with { World = o.World with { AnonymousShare = v } }, "Share of pictures whose caption does not name what they show.", 0, 1)
        .Number("mislead-share", o => o.World.MisleadShare, (o, v) => o with { World = o.World with { MisleadShare = v } }, "Probability that a retrieval leaves the best result out.", 0, 1)
        .Number("failure-share", o => o.World.FailureShare, (o, v) => o with { World = o.World with { FailureShare = v } }, "Probability that a retrieval finds nothing.", 0, 1)
        .Number("image-start-share", o => o.World.ImageStartShare, (o, v) => o with { World = o.World with { ImageStartShare = v } }, "Share of questions that begin with a picture instead of a name.", 0, 1)
        .NumberList("hop-shares", o => o.World.HopShares, (o, v) => o with { World = o.World with { HopShares = v } }, "Shares of questions with 1, 2, ... retrievals, of any sum.")
        .Flag("fixed-world", o => o.FixedWorld, (o, v) => o with { FixedWorld = v }, "One world for all problems, which can be learnt by heart; otherwise one for each.")
        .Integer("seed", o => o.Seed, (o, v) => o with { Seed = v }, "Another seed is another sequence of worlds.", 0, 1_000_000)
        .Rule(o => o.FindFault());

    /// <summary>The first impossible value as a sentence that names it, or null.</summary>
    public string? FindFault() => World.FindFault() ?? OptionChecks.Range("seed", Seed, 0, 1_000_000);
}
