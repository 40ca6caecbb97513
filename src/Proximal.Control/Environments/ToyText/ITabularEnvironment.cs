namespace Proximal.Control.Environments.ToyText;

/// <summary>An environment with few states whose whole process is known, so that planners can solve it exactly.</summary>
public interface ITabularEnvironment : IEnvironment
{
    /// <summary>Number of states.</summary>
    int StateCount { get; }

    /// <summary>Number of actions.</summary>
    int ActionCount { get; }

    /// <summary>Probability of every state to be the first one [states].</summary>
    ReadOnlySpan<double> InitialProbabilities { get; }

    /// <summary>What can follow an action; the probabilities sum to 1, and a state may occur more than once.</summary>
    /// <param name="state">The state.</param>
    /// <param name="action">The action.</param>
    /// <exception cref="ArgumentOutOfRangeException">State or action does not exist.</exception>
    ReadOnlySpan<Transition> Transitions(int state, int action);
}
