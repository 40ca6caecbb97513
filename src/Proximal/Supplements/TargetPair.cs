using Proximal.Models.Generation;

namespace Proximal.Supplements;

/// <summary>Two responses to one prompt, of which the first is to become likelier than the second.</summary>
/// <param name="Chosen">A chain whose teacher segments are the response that is preferred.</param>
/// <param name="Rejected">A chain whose teacher segments are the other one.</param>
public sealed record TargetPair(TokenTree Chosen, TokenTree Rejected);
