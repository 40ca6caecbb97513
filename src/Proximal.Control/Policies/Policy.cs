using System.Text.Json;
using Proximal.Control.Spaces;
using Proximal.Tensors;

namespace Proximal.Control.Policies;

/// <summary>
/// Chooses actions. A policy is complete by itself: it carries its network, its statistics of observations and the width of its hidden state,
/// so that a saved one needs nothing else. Rows of a batch do not influence each other, and an action depends on the observation, the hidden
/// state and the named random numbers alone.
/// </summary>
public abstract class Policy : IDisposable
{
    /// <summary>Creates a policy.</summary>
    /// <param name="observations">Where observations come from.</param>
    /// <param name="actions">Where actions come from.</param>
    protected Policy(Space observations, Space actions)
    {
        ArgumentNullException.ThrowIfNull(observations);
        ArgumentNullException.ThrowIfNull(actions);
        Observations = observations;
        Actions = actions;
    }

    /// <summary>Where observations come from.</summary>
    public Space Observations { get; }

    /// <summary>Where actions come from.</summary>
    public Space Actions { get; }

    /// <summary>Floats of hidden state per copy; 0 for a policy without memory.</summary>
    public virtual int StateWidth => 0;

    /// <summary>What is saved and loaded, network and statistics.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The kind of the policy in its file, as <c>actor-critic</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Chooses an action for every row.</summary>
    /// <param name="input">Observations, masks and hidden states; the states are moved on.</param>
    /// <param name="choice">Whether to sample, and with which random numbers.</param>
    /// <param name="actions">[rows, action width].</param>
    public abstract void Act(PolicyInput input, ActionChoice choice, Span<float> actions);

    /// <summary>Writes the settings that <see cref="PolicyFile"/> needs to make the same network again.</summary>
    /// <param name="writer">Inside an object.</param>
    public abstract void WriteSettings(Utf8JsonWriter writer);

    /// <summary>Frees the network.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the network.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (Parameter parameter in Parameters)
            {
                parameter.Dispose();
            }
        }
    }
}
