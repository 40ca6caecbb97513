using Proximal.Rollouts;

namespace Proximal.Tasks;

/// <summary>Statistics of past rollouts to the prompts of the next step.</summary>
public interface IPromptSource
{
    /// <summary>The problems of one round of a step.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="step">Step of the run.</param>
    /// <param name="round">Round within the step: dynamic sampling draws again when too few groups are informative.</param>
    /// <param name="count">How many.</param>
    IReadOnlyList<TaskInstance> Next(ulong seed, int step, int round, int count);

    /// <summary>Takes note of the rollouts of a round, at the end of its step: of all of them, also of groups that a filter kept out of the update.</summary>
    void Observe(RolloutBatch batch);
}
