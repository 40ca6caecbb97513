namespace Proximal.Worlds.Routing;

/// <summary>A chain of steps through knowledge bases: its words, its answer, and the steps.</summary>
/// <param name="Tokens">The words. [tokens]</param>
/// <param name="Answer">The answer. [tokens]</param>
/// <param name="Steps">The steps in order.</param>
public sealed record RoutedQuestion(int[] Tokens, int[] Answer, IReadOnlyList<GoldStep> Steps)
{
    /// <summary>Whether the question begins with a picture.</summary>
    public bool StartsWithPicture => Steps[0].Predicate is null;
}
