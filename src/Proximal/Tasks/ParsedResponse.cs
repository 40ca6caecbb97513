namespace Proximal.Tasks;

/// <summary>A response taken apart.</summary>
/// <param name="FormatOk">Whether it has exactly the required form, the end included.</param>
/// <param name="Thought">The chain of thought, or null.</param>
/// <param name="Answer">The text of the answer that counts, or null.</param>
internal readonly record struct ParsedResponse(bool FormatOk, string? Thought, string? Answer);
