using Proximal.Tasks;

namespace Proximal.Rollouts;

/// <summary>On-policy rollouts under the limit of the present stage.</summary>
/// <param name="rollouts">Rolls out the policy.</param>
/// <param name="limits">The limit of each stage.</param>
/// <param name="window">Steps that the mean length must not have grown over.</param>
internal sealed class StagedRollouts(IRollouts rollouts, IReadOnlyList<int> limits, int window) : IRollouts, IStateful, IMetricSource
{
    private const string StageKey = "stage";
    private const string LengthsKey = "lengths";

    private readonly List<double> lengths = [];
    private int stage;

    /// <summary>The limit that holds now.</summary>
    public int Limit => limits[stage];

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics => [("rollouts/limit", Limit)];

    /// <inheritdoc/>
    public RolloutBatch Generate(IReadOnlyList<TaskInstance> instances, RolloutRequest request)
    {
        // Several rounds of one step are one observation: only the first of them may end a stage.
        bool isFirstRound = request.FirstPrompt == 0;
        if (isFirstRound && stage < limits.Count - 1 && HasSettled)
        {
            stage++;
            lengths.Clear();
        }

        RolloutBatch batch = rollouts.Generate(instances, request with { ResponseBudget = Limit });
        if (isFirstRound && batch.Trajectories.Count > 0)
        {
            lengths.Add(batch.Trajectories.Average(trajectory => (double)trajectory.ResponseTokens));
            lengths.RemoveRange(0, Math.Max(0, lengths.Count - window));
        }

        return batch;
    }

    /// <inheritdoc/>
    public void Save(IDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state[StageKey] = [stage];
        state[LengthsKey] = [.. lengths];
    }

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        stage = state[StageKey] is [var saved] && saved >= 0 && saved < limits.Count
            ? (int)saved
            : throw new InvalidDataException($"'{StageKey}' is not one of {limits.Count} stages");
        lengths.Clear();
        lengths.AddRange(state[LengthsKey]);
    }

    private bool HasSettled =>
        lengths.Count == window && lengths.Skip(window - (window / 2)).Average() <= lengths.Take(window / 2).Average();
}
