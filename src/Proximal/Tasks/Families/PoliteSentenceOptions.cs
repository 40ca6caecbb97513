namespace Proximal.Tasks.Families;

/// <summary>Options of <see cref="PoliteSentenceTask"/>.</summary>
public sealed record PoliteSentenceOptions
{
    /// <summary>How many of the four courtesies make a sentence polite: right.</summary>
    public int Required { get; init; } = 3;

    /// <summary>Share of the demonstrations that are grammatical but have fewer courtesies than required: a model that learns from them has manners to learn.</summary>
    public double Curt { get; init; }

    /// <summary>Seed of the requests and of their demonstrations.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>The first impossible value as a sentence that names the key, the value and what is expected; null when all is well.</summary>
    public string? FindFault() =>
        OptionChecks.Range("required", Required, 1, PoliteGrammar.Courtesies)
        ?? OptionChecks.Range("curt", Curt, 0, 1)
        ?? OptionChecks.Range("seed", Seed, 0, int.MaxValue);
}
