namespace Proximal.Worlds.Knowledge;

/// <summary>What an episode showed of a document.</summary>
/// <param name="Turn">The turn that asked for it, from 0.</param>
/// <param name="Document">The number of the document.</param>
/// <param name="Tokens">Whole sentences. [tokens]</param>
/// <param name="Opened">Whether the document was opened, not only found.</param>
public sealed record ShownText(int Turn, int Document, int[] Tokens, bool Opened);
