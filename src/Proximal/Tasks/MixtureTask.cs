namespace Proximal.Tasks;

/// <summary>
/// Problems of several tasks, or of one task at several difficulties, in one stream. Problem i belongs to the task in whose share of [0, 1) the fraction of
/// <c>i φ</c> falls, with φ the golden ratio: any run of consecutive problems has nearly the shares asked for, and a problem is known by its index alone.
/// </summary>
public sealed class MixtureTask : ITask
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;
    private const double Unit = 1.0 / (1UL << 53);

    private readonly ITask[] tasks;
    private readonly double[] ends;

    /// <summary>Mixes tasks.</summary>
    /// <param name="parts">The tasks with their weights: positive, of any sum.</param>
    /// <exception cref="ArgumentException">No task, or a weight that is not positive.</exception>
    public MixtureTask(params IReadOnlyList<(ITask Task, double Weight)> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0)
        {
            throw new ArgumentException("A mixture needs at least one task.", nameof(parts));
        }

        tasks = [.. parts.Select(part => part.Task)];
        ends = new double[parts.Count];
        double total = parts.Sum(part => part.Weight), sum = 0;
        for (int i = 0; i < ends.Length; i++)
        {
            if (!(parts[i].Weight > 0 && double.IsFinite(total)))
            {
                throw new ArgumentException(FormattableString.Invariant($"'weight' of {tasks[i].Name} in a mixture is {parts[i].Weight}, expected a number above 0."), nameof(parts));
            }

            ends[i] = (sum += parts[i].Weight) / total;
        }

        Symbols = [.. tasks.SelectMany(task => task.Symbols).Distinct()];
    }

    /// <inheritdoc/>
    public string Name => "mixture";

    /// <inheritdoc/>
    public IReadOnlyList<string> Symbols { get; }

    /// <inheritdoc/>
    public TaskLengths Lengths => new(tasks.Max(task => task.Lengths.Prompt), tasks.Max(task => task.Lengths.Response));

    /// <summary>No end: finite tasks of a mixture are gone through again and again.</summary>
    public long? Count(TaskSplit split) => null;

    /// <summary>The number, in the order of the constructor, of the task that a problem belongs to.</summary>
    /// <param name="index">Index of the problem in the mixture.</param>
    public int TaskOf(long index)
    {
        double place = (unchecked((ulong)index * GoldenRatio) >> 11) * Unit;
        int task = 0;
        while (task < ends.Length - 1 && place >= ends[task])
        {
            task++;
        }

        return task;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The split of the problem's task is empty.</exception>
    public TaskInstance Generate(TaskSplit split, long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ITask task = tasks[TaskOf(index)];
        long? count = task.Count(split);
        return count == 0
            ? throw new InvalidOperationException($"Task {task.Name} of a mixture has no problem in split {TaskSplits.Name(split)}.")
            : task.Generate(split, count is { } size ? index % size : index) with { Index = index };
    }

    /// <inheritdoc/>
    public Verdict Verify(TaskInstance instance, Response response) => TaskOf(instance).Verify(instance, response);

    /// <inheritdoc/>
    public string Demonstration(TaskInstance instance) => TaskOf(instance).Demonstration(instance);

    /// <inheritdoc/>
    public string? Demonstration(TaskInstance instance, DemonstrationStyle style) => TaskOf(instance).Demonstration(instance, style);

    /// <inheritdoc/>
    public SplitResponse? WithGoldAnswer(TaskInstance instance, string response) => TaskOf(instance).WithGoldAnswer(instance, response);

    /// <inheritdoc/>
    public bool? StepsHold(TaskInstance instance, string response) => TaskOf(instance).StepsHold(instance, response);

    /// <inheritdoc/>
    public string? Hint(TaskInstance instance, int level) => TaskOf(instance).Hint(instance, level);

    private ITask TaskOf(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return tasks[TaskOf(instance.Index)];
    }
}
