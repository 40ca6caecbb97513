using System.Collections.Frozen;

namespace Proximal.Recipes.Explanations.Mathematics;

/// <summary>Names with a meaning in the plain notation of formulas.</summary>
internal static class FormulaNames
{
    private static readonly FrozenDictionary<string, string> Letters = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["alpha"] = "α",
        ["beta"] = "β",
        ["gamma"] = "γ",
        ["delta"] = "δ",
        ["eps"] = "ε",
        ["epsilon"] = "ε",
        ["eta"] = "η",
        ["theta"] = "θ",
        ["kappa"] = "κ",
        ["lambda"] = "λ",
        ["mu"] = "μ",
        ["pi"] = "π",
        ["rho"] = "ρ",
        ["sigma"] = "σ",
        ["tau"] = "τ",
        ["phi"] = "φ",
        ["omega"] = "ω",
        ["sum"] = "Σ",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Words = new[]
    {
        "above", "after", "all", "along", "among", "and", "any", "are", "as", "at", "be", "before", "below", "between", "by", "can", "does", "drawn", "each", "else", "ends",
        "equal", "exceed", "fitted", "for", "from", "group", "has", "if", "in", "into", "is", "it", "its", "last", "least", "likely", "not", "of", "on", "one", "or", "over", "random",
        "recorded", "same", "so", "steps", "subject", "than", "that", "the", "then", "through", "to", "tokens", "top", "turn", "unless", "until", "was", "when", "where", "which", "while", "with",
        "without", "whole",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The letter that a name stands for, or the name itself.</summary>
    public static string LetterOf(string name) => Letters.GetValueOrDefault(name, name);

    /// <summary>Whether a name is a word of a sentence.</summary>
    public static bool IsWord(string name) => Words.Contains(name);

    /// <summary>Whether a name is an operator over what stands below it.</summary>
    public static bool IsLarge(string letter) => letter is "Σ" or "Π" or "∏" or "∑";
}
