namespace Proximal.Control.Environments.ToyText;

/// <summary>One of the things that can follow an action.</summary>
/// <param name="Probability">How likely it is.</param>
/// <param name="Next">The next state.</param>
/// <param name="Reward">The reward.</param>
/// <param name="Terminated">Whether the process ends.</param>
public readonly record struct Transition(double Probability, int Next, double Reward, bool Terminated);
