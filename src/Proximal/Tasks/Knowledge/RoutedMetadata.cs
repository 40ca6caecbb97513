using Proximal.Worlds.Routing;

namespace Proximal.Tasks.Knowledge;

/// <summary>The world of a problem and its question, with the gold sub-question and the gold knowledge bases of every step.</summary>
/// <param name="World">The world.</param>
/// <param name="Question">The question.</param>
/// <param name="Seed">What faults of knowledge bases and the expert's mistakes are drawn from.</param>
public sealed record RoutedMetadata(RoutedWorld World, RoutedQuestion Question, ulong Seed) : TaskMetadata;
