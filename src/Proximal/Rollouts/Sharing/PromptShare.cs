using Proximal.Tasks;

namespace Proximal.Rollouts.Sharing;

/// <summary>The prompts of a step that one of several models answers: a run of those that all of them would answer together.</summary>
/// <param name="source">The prompts of all.</param>
/// <param name="promptSeed">Seed of the prompts, whatever seeds the models have.</param>
/// <param name="total">Prompts of a round that all answer together.</param>
/// <param name="first">The first that this one answers.</param>
internal sealed class PromptShare(IPromptSource source, ulong promptSeed, int total, int first) : IPromptSource, IStateful
{
    /// <inheritdoc/>
    public IReadOnlyList<TaskInstance> Next(ulong seed, int step, int round, int count) =>
        [.. source.Next(promptSeed, step, round, total).Skip(first).Take(count)];

    /// <inheritdoc/>
    public void Observe(RolloutBatch batch) => source.Observe(batch);

    /// <inheritdoc/>
    public void Save(IDictionary<string, double[]> state) => (source as IStateful)?.Save(state);

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, double[]> state) => (source as IStateful)?.Load(state);
}
