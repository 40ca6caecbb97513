namespace Proximal.Tasks;

/// <summary>What a model answered.</summary>
/// <param name="Text">The generated text without the end-of-sequence token.</param>
/// <param name="Ended">Whether the model ended the sequence itself; false when the token budget cut it off.</param>
public readonly record struct Response(string Text, bool Ended = true);
