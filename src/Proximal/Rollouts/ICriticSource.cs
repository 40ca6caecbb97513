namespace Proximal.Rollouts;

/// <summary>Rollouts from which the critic learns apart from the policy: not from the batch of a step but from what is handed out here.</summary>
public interface ICriticSource
{
    /// <summary>Finished sequences that no critic has learned from yet, or null while there are too few. Each is handed out once.</summary>
    RolloutBatch? TakeFinished();
}
