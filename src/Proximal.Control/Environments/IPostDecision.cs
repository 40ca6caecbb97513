namespace Proximal.Control.Environments;

/// <summary>
/// An environment whose steps have two halves: what the action does for certain, and what chance does to the state between them (the post-decision
/// state, Van Roy et al. 1997).
/// </summary>
public interface IPostDecision
{
    /// <summary>Floats that describe a post-decision state.</summary>
    int PostDecisionWidth { get; }

    /// <summary>Says what an action does for certain in the present state, which stays as it is.</summary>
    /// <param name="action">The action.</param>
    /// <param name="postDecision">Receives the post-decision state [<see cref="PostDecisionWidth"/>].</param>
    /// <returns>The part of the reward that is certain.</returns>
    double Decide(ReadOnlySpan<float> action, Span<float> postDecision);
}
