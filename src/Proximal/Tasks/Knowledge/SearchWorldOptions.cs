using Proximal.Recipes;
using Proximal.Worlds.Knowledge;

namespace Proximal.Tasks.Knowledge;

/// <summary>Options of <see cref="SearchWorldTask"/>.</summary>
public sealed record SearchWorldOptions
{
    /// <summary>Size and faults of the worlds.</summary>
    public KnowledgeOptions World { get; init; } = new();

    /// <summary>Which questions are asked.</summary>
    public QuestionOptions Questions { get; init; } = new();

    /// <summary>Whether all problems are about one world, whose answers can be learnt by heart; otherwise every problem has a world of its own.</summary>
    public bool FixedWorld { get; init; }

    /// <summary>Another seed is another sequence of worlds.</summary>
    public int Seed { get; init; }

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<SearchWorldOptions> Schema { get; } = new OptionSchema<SearchWorldOptions>(() => new SearchWorldOptions())
        .Integer("entities", o => o.World.Entities, (o, v) => o with { World = o.World with { Entities = v } }, "Entities of a world, one document each.", 40, 3600)
        .Integer("synonyms", o => o.World.Synonyms, (o, v) => o with { World = o.World with { Synonyms = v } }, "Words of each relation and attribute.", 1, 2)
        .Number("incoming-share", o => o.World.IncomingShare, (o, v) => o with { World = o.World with { IncomingShare = v } }, "Share of relations that the object's document mentions too.", 0, 1)
        .Integer("fillers", o => o.World.Fillers, (o, v) => o with { World = o.World with { Fillers = v } }, "The most sentences of a document that say nothing.", 0, 3)
        .Number("misstated-share", o => o.World.MisstatedShare, (o, v) => o with { World = o.World with { MisstatedShare = v } }, "Share of facts that the documents state wrongly.", 0, 1)
        .Number("dropped-share", o => o.World.DroppedShare, (o, v) => o with { World = o.World with { DroppedShare = v } }, "Share of sentences that are missing.", 0, 1)
        .Number("duplicate-share", o => o.World.DuplicateShare, (o, v) => o with { World = o.World with { DuplicateShare = v } }, "Share of entities with a second document of the same title and other facts.", 0, 1)
        .Number("homonym-share", o => o.World.HomonymShare, (o, v) => o with { World = o.World with { HomonymShare = v } }, "Share of people and works that carry the name of another one.", 0, 0.5)
        .Integer("results", o => o.World.Results, (o, v) => o with { World = o.World with { Results = v } }, "k: documents that a search finds.", 1, 10)
        .Integer("snippet-tokens", o => o.World.SnippetTokens, (o, v) => o with { World = o.World with { SnippetTokens = v } }, "The most tokens of a document that a search shows.", 10, 96)
        .Integer("document-tokens", o => o.World.DocumentTokens, (o, v) => o with { World = o.World with { DocumentTokens = v } }, "The most tokens of a document that an access shows.", 10, 512)
        .NumberList("level-shares", o => o.Questions.LevelShares, (o, v) => o with { Questions = o.Questions with { LevelShares = v } }, "Shares of levels 1 to 4, of any sum.")
        .Number("ambiguous-share", o => o.Questions.AmbiguousShare, (o, v) => o with { Questions = o.Questions with { AmbiguousShare = v } }, "Share of questions with two or three right answers.", 0, 1)
        .Flag("tell-ambiguous", o => o.Questions.TellAmbiguous, (o, v) => o with { Questions = o.Questions with { TellAmbiguous = v } }, "Such a question says that it has several answers.")
        .Integer("fuzz-depth", o => o.Questions.FuzzDepth, (o, v) => o with { Questions = o.Questions with { FuzzDepth = v } }, "How many times a name gives way to a description, one hop each.", 0, 2)
        .Number("mislabelled-share", o => o.Questions.MislabelledShare, (o, v) => o with { Questions = o.Questions with { MislabelledShare = v } }, "Share of questions whose gold answer is wrong.", 0, 1)
        .Integer("most-turns", o => o.Questions.MostTurns, (o, v) => o with { Questions = o.Questions with { MostTurns = v } }, "The most turns that the scripted expert needs, the answer included.", 2, 128)
        .Flag("verified", o => o.Questions.Verified, (o, v) => o with { Questions = o.Questions with { Verified = v } }, "Only questions that the documents answer; without it a question may have no answer in them, or a wrong one.")
        .Flag("fixed-world", o => o.FixedWorld, (o, v) => o with { FixedWorld = v }, "One world for all problems, which can be learnt by heart; otherwise one for each.")
        .Integer("seed", o => o.Seed, (o, v) => o with { Seed = v }, "Another seed is another sequence of worlds.", 0, 1_000_000)
        .Rule(o => o.FindFault());

    /// <summary>The first impossible value as a sentence that names it, or null.</summary>
    public string? FindFault() => World.FindFault() ?? Questions.FindFault() ?? OptionChecks.Range("seed", Seed, 0, 1_000_000);
}
