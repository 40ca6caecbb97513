namespace Proximal.Tasks;

/// <summary>What all procedural families have in common.</summary>
public record ProceduralOptions
{
    /// <summary>Difficulty from 1 to the family's maximum (6 unless it says otherwise).</summary>
    public int Difficulty { get; init; } = 1;

    /// <summary>Seed of the suite: another seed is another sequence of instances with the same splits.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>Form of the responses.</summary>
    public ResponseStyle Style { get; init; }

    /// <summary>Whether an answer counts only in a response of exactly the required form; otherwise the last complete answer block counts.</summary>
    public bool Strict { get; init; } = true;

    /// <summary>Up to how many redundant blocks (0..8) a demonstration appends: 0 teaches short chains, more teaches a model that overthinks.</summary>
    public int MaximumRedundancy { get; init; }

    /// <summary>Number of the prompt template, see <see cref="PromptTemplate"/>.</summary>
    public int Template { get; init; }

    /// <summary>Whether the symbols are those of the whole suite (needed with hints) instead of those that the family uses.</summary>
    public bool FullVocabulary { get; init; }

    /// <summary>The largest difficulty.</summary>
    protected virtual int MaximumDifficulty => 6;

    /// <summary>The first impossible value as a sentence that names the key, the value and what is expected; null when all is well.</summary>
    public virtual string? FindFault() =>
        OptionChecks.Range("difficulty", Difficulty, 1, MaximumDifficulty)
        ?? OptionChecks.Range("seed", Seed, 0, int.MaxValue)
        ?? OptionChecks.Range("redundancy", MaximumRedundancy, 0, 8)
        ?? OptionChecks.Range("template", Template, 0, PromptTemplate.All.Count - 1)
        ?? OptionChecks.Holds(
            Style is ResponseStyle.Reasoned or ResponseStyle.Unreasoned || PromptTemplate.All[Template].IsFreeForm,
            "template", Template, $"a free-form template (0, 1, 3, 4 or 10) with style {Style}");
}
