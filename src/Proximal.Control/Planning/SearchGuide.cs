using Proximal.Control.Environments;

namespace Proximal.Control.Planning;

/// <summary>Judges a state for a search, in place of a random rollout: a learned value and policy, or a heuristic.</summary>
/// <param name="state">The state; it must not be changed.</param>
/// <param name="observation">What a policy sees of it.</param>
/// <param name="priors">Receives a probability for every action; whatever an illegal action gets is passed over.</param>
/// <returns>The expected discounted return from here.</returns>
public delegate double SearchGuide(SingleEnvironment state, ReadOnlySpan<float> observation, Span<float> priors);
