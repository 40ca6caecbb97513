namespace Proximal.Control.Environments;

/// <summary>A change to an environment, as a recipe names it.</summary>
/// <param name="Wrap">Gives the changed environment.</param>
public sealed record Wrapper(Func<IEnvironment, IEnvironment> Wrap)
{
    /// <summary>Whether rewards are changed: evaluations then leave the wrapper out, so that returns are those of the environment itself.</summary>
    public bool ChangesRewards { get; init; }
}
