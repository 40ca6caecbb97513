using Proximal.Rollouts;
using Proximal.Tensors.Random;

namespace Proximal.Tasks;

/// <summary>
/// Every problem of the training split equally often: a finite split is gone through in a new random order each time, an endless one from a
/// place that the seed chooses, so that no problem index comes twice. Further rounds of a step go through orders of their own.
/// </summary>
/// <param name="task">Where the problems come from.</param>
/// <param name="purpose">What the draws are for: prompts of policy optimization and demonstrations of supervised learning differ.</param>
public sealed class UniformPrompts(ITask task, RandomPurpose purpose = RandomPurpose.Prompts) : IPromptSource
{
    private const int RoundsPerStep = 64;

    /// <summary>The largest finite split whose order is shuffled; a larger one is drawn from with replacement.</summary>
    private const long LargestShuffle = 1 << 26;

    private int[] order = [];
    private (ulong Seed, int Round, long Pass) orderOf = (0, -1, -1);

    /// <inheritdoc/>
    public IReadOnlyList<TaskInstance> Next(ulong seed, int step, int round, int count)
    {
        TaskInstance[] instances = new TaskInstance[count];
        long? size = task.Count(TaskSplit.Train);
        for (int i = 0; i < count; i++)
        {
            long place = ((long)step * count) + i;
            instances[i] = task.Generate(TaskSplit.Train, size is { } known ? Finite(known, seed, round, place) : Endless(seed, step, round, count, i));
        }

        return instances;
    }

    /// <inheritdoc/>
    public void Observe(RolloutBatch batch)
    {
    }

    private long Finite(long size, ulong seed, int round, long place)
    {
        if (size > LargestShuffle)
        {
            return (long)(new RandomStream(seed, purpose, prompt: round).Uniform(place) * size);
        }

        long pass = place / size;
        if (orderOf != (seed, round, pass) || order.Length != size)
        {
            order = [.. Enumerable.Range(0, (int)size)];
            new RandomStream(seed, purpose, pass, round).Shuffle(order.AsSpan());
            orderOf = (seed, round, pass);
        }

        return order[(int)(place % size)];
    }

    private long Endless(ulong seed, int step, int round, int count, int i)
    {
        long start = (long)(new RandomStream(seed, purpose).Bits(0) % (1L << 40));
        return start + ((((long)step * RoundsPerStep) + round) * count) + i;
    }
}
