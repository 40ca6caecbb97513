namespace Proximal.Control.Planning;

/// <summary>What planning in a table found.</summary>
/// <param name="Values">The discounted value of every state [states].</param>
/// <param name="Actions">The best action of every state, the first of equals [states].</param>
/// <param name="Sweeps">Passes over all states.</param>
/// <param name="Improvements">Times the policy was improved; the sweeps of value iteration.</param>
public sealed record TabularPlan(IReadOnlyList<double> Values, IReadOnlyList<int> Actions, int Sweeps, int Improvements);
