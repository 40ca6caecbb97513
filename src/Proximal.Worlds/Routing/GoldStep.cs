using Proximal.Worlds.Knowledge;

namespace Proximal.Worlds.Routing;

/// <summary>A step on the way to the answer of a <see cref="RoutedQuestion"/>.</summary>
/// <param name="Finding">What has to be found.</param>
/// <param name="SubQuestion">The question to ask. [tokens]</param>
/// <param name="Bases">The knowledge bases that have it: any of them is right.</param>
public sealed record GoldStep(Finding Finding, int[] SubQuestion, IReadOnlyList<KnowledgeBase> Bases)
{
    /// <summary>What is asked; null for whom or what a picture shows.</summary>
    public Predicate? Predicate => Finding.Predicate;
}
