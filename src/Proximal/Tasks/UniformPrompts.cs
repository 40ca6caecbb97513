using Proximal.Rollouts;
using Proximal.Tensors.Random;

namespace Proximal.Tasks;

/// <summary>
/// Every problem of the training split equally often: a finite split is gone through in a new random order each time, an endless one from a
/// place that the seed chooses, so that no problem index comes twice. Further rounds of a step go on in the same order, and later steps behind
/// them. Steps come in their order; where no step had further rounds, any step can be asked for.
/// </summary>
/// <param name="task">Where the problems come from.</param>
/// <param name="purpose">What the draws are for: prompts of policy optimization and demonstrations of supervised learning differ.</param>
public sealed class UniformPrompts(ITask task, RandomPurpose purpose = RandomPurpose.Prompts) : IPromptSource, IStateful
{
    private const string StateKey = "drawn";
    private const int RoundsPerStep = 64;

    /// <summary>The largest finite split whose order is shuffled; a larger one is drawn from with replacement.</summary>
    private const long LargestShuffle = 1 << 26;

    /// <summary>The largest number that the state of a run holds exactly.</summary>
    private const long LargestCount = 1L << 53;

    private int[] order = [];
    private (ulong Seed, long Pass) orderOf = (0, -1);
    private long current;
    private long further;
    private long furtherBefore;

    /// <inheritdoc/>
    public IReadOnlyList<TaskInstance> Next(ulong seed, int step, int round, int count)
    {
        if (step != current)
        {
            furtherBefore += further;
            (current, further) = (step, 0);
        }

        further = Math.Max(further, (long)round * count);
        TaskInstance[] instances = new TaskInstance[count];
        long? size = task.Count(TaskSplit.Train);
        for (int i = 0; i < count; i++)
        {
            long place = furtherBefore + (((long)step + round) * count) + i;
            instances[i] = task.Generate(TaskSplit.Train, size is { } known ? Finite(known, seed, place) : Endless(seed, step, round, count, i));
        }

        return instances;
    }

    /// <inheritdoc/>
    public void Observe(RolloutBatch batch)
    {
    }

    /// <inheritdoc/>
    public void Save(IDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state[StateKey] = [current, further, furtherBefore];
    }

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        double[] drawn = state[StateKey];
        foreach (double number in drawn)
        {
            if (!(number >= 0 && number <= LargestCount))
            {
                throw new InvalidDataException(FormattableString.Invariant($"The state of the prompts has {StateKey} {number}, expected 0 to {LargestCount}."));
            }
        }

        (current, further, furtherBefore) = ((long)drawn[0], (long)drawn[1], (long)drawn[2]);
    }

    private long Finite(long size, ulong seed, long place)
    {
        if (size > LargestShuffle)
        {
            return (long)(new RandomStream(seed, purpose).Uniform(place) * size);
        }

        long pass = place / size;
        if (orderOf != (seed, pass) || order.Length != size)
        {
            order = [.. Enumerable.Range(0, (int)size)];
            new RandomStream(seed, purpose, pass).Shuffle(order.AsSpan());
            orderOf = (seed, pass);
        }

        return order[(int)(place % size)];
    }

    private long Endless(ulong seed, int step, int round, int count, int i)
    {
        long start = (long)(new RandomStream(seed, purpose).Bits(0) % (1L << 40));
        return start + ((((long)step * RoundsPerStep) + round) * count) + i;
    }
}
