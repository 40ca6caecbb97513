using Proximal.Rollouts;
using Proximal.Tensors.Random;

namespace Proximal.Tasks;

/// <summary>
/// Every problem of the training split equally often: a finite split is drawn from without replacement within a round, an endless one is walked
/// through from a place that the seed chooses, so that no problem index comes twice.
/// </summary>
/// <param name="task">Where the problems come from.</param>
/// <param name="purpose">What the draws are for: prompts of policy optimization and demonstrations of supervised learning differ.</param>
public sealed class UniformPrompts(ITask task, RandomPurpose purpose = RandomPurpose.Prompts) : IPromptSource
{
    private const int RoundsPerStep = 64;

    /// <inheritdoc/>
    public IReadOnlyList<TaskInstance> Next(ulong seed, int step, int round, int count)
    {
        TaskInstance[] instances = new TaskInstance[count];
        if (task.Count(TaskSplit.Train) is not { } size)
        {
            long start = (long)(new RandomStream(seed, purpose).Bits(0) % (1L << 40));
            for (int i = 0; i < count; i++)
            {
                instances[i] = task.Generate(TaskSplit.Train, start + ((((long)step * RoundsPerStep) + round) * count) + i);
            }

            return instances;
        }

        if (size == 0)
        {
            throw new InvalidDataException($"Task '{task.Name}' has no training problems, expected at least one.");
        }

        // A taken index moves on to the next free one; more prompts than problems start over.
        RandomStream random = new(seed, purpose, step, round);
        HashSet<long> drawn = [];
        for (int i = 0; i < count; i++)
        {
            if (drawn.Count == size)
            {
                drawn.Clear();
            }

            long index = (long)(random.Uniform(i) * size);
            while (!drawn.Add(index))
            {
                index = (index + 1) % size;
            }

            instances[i] = task.Generate(TaskSplit.Train, index);
        }

        return instances;
    }

    /// <inheritdoc/>
    public void Observe(RolloutBatch batch)
    {
    }
}
