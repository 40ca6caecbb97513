using Proximal.Tasks;
using Proximal.Tensors.Random;

namespace Proximal.Rollouts;

/// <summary>Fresh groups and groups of the last steps in one batch.</summary>
/// <param name="rollouts">Rolls out the policy.</param>
/// <param name="task">Where the problems come from.</param>
/// <param name="settings">Share, window and end.</param>
/// <param name="responseBudget">The most tokens of a response.</param>
internal sealed class ReplayRollouts(IRollouts rollouts, ITask task, ReplayCollection settings, int responseBudget) : IRollouts, IStateful, IMetricSource
{
    private const string StepPrefix = "past-";

    // The fresh groups of the last steps, the latest first.
    private readonly List<StoredGroup[]> past = [];
    private int replayed;
    private int groups;

    /// <inheritdoc/>
    public bool IsOnPolicy => replayed == 0;

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics => [("rollouts/replayed", groups == 0 ? 0 : (double)replayed / groups)];

    /// <inheritdoc/>
    public RolloutBatch Generate(IReadOnlyList<TaskInstance> instances, RolloutRequest request)
    {
        ArgumentNullException.ThrowIfNull(instances);
        bool replays = IsReplaying((int)request.Step);
        if (!replays)
        {
            past.Clear();
        }

        StoredGroup[][] available = [.. past.Where(step => step.Length > 0)];
        replayed = available.Length == 0 ? 0 : Math.Min((int)Math.Round(settings.Share * instances.Count), instances.Count - 1);
        groups = instances.Count;
        RolloutBatch fresh = rollouts.Generate([.. instances.Take(instances.Count - replayed)], request);
        StoredGroup[] made = [.. StoredGroup.Of(fresh)];
        RolloutBatch batch = replayed == 0 ? fresh : StoredGroup.ToBatch([.. made, .. Draw(available, request)], responseBudget);
        if (replays)
        {
            past.Insert(0, made);
            past.RemoveRange(Math.Min(settings.Window, past.Count), Math.Max(0, past.Count - settings.Window));
        }

        return batch;
    }

    /// <inheritdoc/>
    public int Passes(int step, int passes) => IsReplaying(step) ? passes : 1;

    /// <inheritdoc/>
    public void Save(IDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        for (int i = 0; i < past.Count; i++)
        {
            NumberWriter numbers = new();
            foreach (StoredGroup group in past[i])
            {
                group.Write(numbers);
            }

            state[FormattableString.Invariant($"{StepPrefix}{i}")] = numbers.ToArray();
        }
    }

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        past.Clear();
        for (int i = 0; state.TryGetValue(FormattableString.Invariant($"{StepPrefix}{i}"), out double[]? values); i++)
        {
            NumberReader numbers = new(values);
            List<StoredGroup> step = [];
            while (!numbers.IsAtEnd)
            {
                step.Add(StoredGroup.Read(numbers, task));
            }

            past.Add([.. step]);
        }
    }

    private bool IsReplaying(int step) => settings.Until == 0 || step < settings.Until;

    /// <summary>For each replayed group a step of the past, drawn uniformly, and a group of it that was not drawn yet.</summary>
    private IEnumerable<StoredGroup> Draw(StoredGroup[][] available, RolloutRequest request)
    {
        RandomStream random = new(request.Seed, RandomPurpose.Replay, request.Step, request.FirstPrompt);
        List<StoredGroup>[] left = [.. available.Select(step => step.ToList())];
        for (int i = 0; i < replayed; i++)
        {
            List<StoredGroup> step = left[random.Integer(2 * i, left.Length)];
            if (step.Count == 0)
            {
                step = left.OrderByDescending(other => other.Count).First();
            }

            if (step.Count == 0)
            {
                yield break;
            }

            int drawn = random.Integer((2 * i) + 1, step.Count);
            yield return step[drawn];
            step.RemoveAt(drawn);
        }
    }
}
