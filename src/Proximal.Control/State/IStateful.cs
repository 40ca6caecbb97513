namespace Proximal.Control.State;

/// <summary>An object whose state can be saved, loaded and copied.</summary>
public interface IStateful
{
    /// <summary>Carries every field of the state, always in the same order.</summary>
    /// <param name="state">Takes each by reference.</param>
    void Transfer(StateTransfer state);
}
