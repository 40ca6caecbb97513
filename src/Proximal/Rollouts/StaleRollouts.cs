using System.Globalization;
using Proximal.Models.Llama;
using Proximal.Tasks;
using Proximal.Tensors;

namespace Proximal.Rollouts;

/// <summary>Rollouts of the policy of <c>past.Count</c> updates ago; until there were as many, of the policy that the run began with.</summary>
/// <param name="rollouts">Rolls out the sampler.</param>
/// <param name="policy">The model that learns.</param>
/// <param name="sampler">The model that is sampled from: the policy itself where there is no lag.</param>
/// <param name="past">The policies before each of the last updates, a ring.</param>
internal sealed class StaleRollouts(IRollouts rollouts, LlamaModel policy, LlamaModel sampler, IReadOnlyList<LlamaModel> past) : IRollouts, IStateful
{
    private const string StateKey = "oldest";

    private int oldest;

    /// <inheritdoc/>
    public bool IsOnPolicy => false;

    /// <inheritdoc/>
    public bool SamplerIsAnchor { get; init; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, IReadOnlyList<Parameter> Parameters)> Networks =>
        past.Count == 0 ? [] : past.Append(sampler).Select((model, index) => (string.Create(CultureInfo.InvariantCulture, $"past-{index}"), model.Parameters));

    /// <inheritdoc/>
    public RolloutBatch Generate(IReadOnlyList<TaskInstance> instances, RolloutRequest request) => rollouts.Generate(instances, request);

    /// <inheritdoc/>
    public void PolicyChanged()
    {
        if (past.Count == 0)
        {
            return;
        }

        // The oldest copy is now s updates behind: it is what is sampled from until the next update, and its place is free.
        sampler.CopyFrom(past[oldest]);
        past[oldest].CopyFrom(policy);
        oldest = (oldest + 1) % past.Count;
    }

    /// <inheritdoc/>
    public void Save(IDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state[StateKey] = [oldest];
    }

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        oldest = state[StateKey] is [var index] && index >= 0 && index < Math.Max(1, past.Count)
            ? (int)index
            : throw new InvalidDataException($"'{StateKey}' is not a place among {past.Count} past policies");
    }
}
