namespace Proximal.Runs;

/// <summary>A run of tokens with one origin in a <see cref="RolloutRecord"/>.</summary>
/// <param name="Parent">Index of the segment before it, or -1 for the root; always less than its own.</param>
/// <param name="Origin">Where its tokens come from: <c>prompt</c>, <c>policy</c>, <c>environment</c>, <c>teacher</c>, <c>hint</c>, <c>probe</c> or another word.</param>
/// <param name="End">Why generation stopped there: <c>open</c>, <c>finished</c>, <c>truncated</c>, <c>failed</c> or another word.</param>
/// <param name="Tokens">Ids of its tokens.</param>
/// <param name="Texts">Their texts, one each: control characters escaped, and bytes that are no whole character as <c>&lt;0xE2&gt;</c>. Untrusted.</param>
public sealed record RecordedSegment(int Parent, string Origin, string End, IReadOnlyList<int> Tokens, IReadOnlyList<string> Texts);
