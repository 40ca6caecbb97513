namespace Proximal.Control.Environments;

/// <summary>Whatever chooses actions: a policy, a controller written by hand, or chance.</summary>
/// <param name="batch">Observations and masks; a copy whose episode ended in the last step shows the first observation of the next one.</param>
/// <param name="actions">Receives the actions [copies, action width].</param>
public delegate void Controller(StepBatch batch, Span<float> actions);
