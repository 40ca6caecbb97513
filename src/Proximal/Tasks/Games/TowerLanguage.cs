using Proximal.Worlds.TowerDefence;

namespace Proximal.Tasks.Games;

/// <summary>
/// How a language model is told a game of tower defence and how it says what to do: the words of <see cref="TowerTokens"/>, each with a space behind it, which makes one
/// symbol of a word; an action is <c>&lt;act&gt; t1 x2 y9 &lt;/act&gt;</c>. A prompt tells the whole state, so nothing that was said before is needed.
/// </summary>
public static class TowerLanguage
{
    /// <summary>What begins an action.</summary>
    public const string Open = "<act> ";

    /// <summary>What ends an action.</summary>
    public const string Close = "</act>";

    /// <summary>What begins an observation.</summary>
    public const string OpenObservation = "<obs> ";

    /// <summary>What ends an observation.</summary>
    public const string CloseObservation = "</obs> ";

    /// <summary>What is answered to what cannot be read.</summary>
    public const string Invalid = "invalid ";

    /// <summary>Symbols of an action, its marks included.</summary>
    public const int ActionSymbols = 5;

    /// <summary>Everything that prompts, observations and actions are made of.</summary>
    public static IReadOnlyList<string> Symbols { get; } = [.. TowerTokens.Vocabulary.Select(word => word + " "), Open, Close, OpenObservation, CloseObservation, Invalid];

    /// <summary>A game as a prompt.</summary>
    /// <param name="world">The game.</param>
    public static string Prompt(TowerWorld world) => TowerTokens.ToText(world) + " ";

    /// <summary>An action as a response.</summary>
    /// <param name="action">The action.</param>
    public static string Response(TowerAction action) => $"{Open}{TowerTokens.ToText(action)} {Close}";

    /// <summary>The first action of a text, or null if none can be read.</summary>
    /// <param name="world">The game that it is for.</param>
    /// <param name="text">What the model wrote.</param>
    public static TowerAction? Read(TowerWorld world, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int start = text.IndexOf(Open, StringComparison.Ordinal), end = start < 0 ? -1 : text.IndexOf(Close, start, StringComparison.Ordinal);
        return end < 0 ? null : TowerTokens.TryParse(world, text[(start + Open.Length)..end]);
    }
}
