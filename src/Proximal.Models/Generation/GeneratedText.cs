namespace Proximal.Models.Generation;

/// <summary>What a model wrote after a prompt.</summary>
/// <param name="Text">The text, without the end-of-sequence token.</param>
/// <param name="Tokens">Number of tokens, end of sequence included.</param>
/// <param name="End">Why it stopped.</param>
public readonly record struct GeneratedText(string Text, int Tokens, EndReason End);
