using Proximal.Worlds.Knowledge;

namespace Proximal.Tasks.Knowledge;

/// <summary>The world of a problem and the meaning of its question.</summary>
/// <param name="World">The world.</param>
/// <param name="Question">The question.</param>
/// <param name="Seed">What the expert's mistakes are drawn from.</param>
public sealed record SearchWorldMetadata(SearchWorld World, Question Question, ulong Seed) : TaskMetadata;
