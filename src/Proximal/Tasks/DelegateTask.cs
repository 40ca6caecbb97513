using Proximal.Tensors.Random;

namespace Proximal.Tasks;

/// <summary>A task from functions: the shortest way to train on a problem of one's own.</summary>
/// <example><code>
/// var task = new DelegateTask("parity", "01eo", index => ($"{index % 2}", index % 2 == 0 ? "e" : "o"));
/// </code></example>
public sealed class DelegateTask : ITask
{
    private readonly Func<long, (string Prompt, string Answer)> generate;
    private readonly Func<TaskInstance, Response, double> score;
    private readonly Lazy<TaskLengths> lengths;

    /// <summary>Wraps functions.</summary>
    /// <param name="name">Name of the task.</param>
    /// <param name="alphabet">The characters of prompts and answers.</param>
    /// <param name="generate">Prompt and answer of a number; a pure function. Splits follow the bucket rule on the prompt's text.</param>
    /// <param name="score">Share in [0, 1] that a response deserves, 1 meaning right; exact equality of an ended response with the answer when null.</param>
    public DelegateTask(string name, string alphabet, Func<long, (string Prompt, string Answer)> generate, Func<TaskInstance, Response, double>? score = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(alphabet);
        ArgumentNullException.ThrowIfNull(generate);
        Name = name;
        Symbols = [.. alphabet.Distinct().Select(c => c.ToString())];
        this.generate = generate;
        this.score = score ?? ((instance, response) => response.Ended && response.Text == instance.Answer ? 1 : 0);
        lengths = new(() => TaskSampling.EstimateLengths(this));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Symbols { get; }

    /// <inheritdoc/>
    public TaskLengths Lengths => lengths.Value;

    /// <inheritdoc/>
    public long? Count(TaskSplit split) => null;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The function gives too few prompts that fall into the split.</exception>
    public TaskInstance Generate(TaskSplit split, long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        SuiteRandom random = new($"{Name}|{TaskSplits.Name(split)}|0|{index}", 42);
        for (int draw = 0; draw < TaskSampling.MaximumDraws; draw++)
        {
            (string prompt, string answer) = generate((long)(random.Bits() >> 1));
            string key = $"{Name}|{prompt}";
            if (TaskSplits.Of(key) == split)
            {
                return new TaskInstance { Family = Name, Split = split, Index = index, Key = key, Prompt = prompt, Answer = answer };
            }
        }

        throw new InvalidOperationException(
            $"Task {Name}: no prompt of split {TaskSplits.Name(split)} in {TaskSampling.MaximumDraws} draws; the function gives too few distinct prompts.");
    }

    /// <inheritdoc/>
    public Verdict Verify(TaskInstance instance, Response response)
    {
        ArgumentNullException.ThrowIfNull(instance);
        double share = Math.Clamp(score(instance, response), 0, 1);
        return Verdict.Of(share == 1, share, response.Text) with { FormatOk = response.Ended, Score = share };
    }

    /// <inheritdoc/>
    public string Demonstration(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance.Answer;
    }

    /// <inheritdoc/>
    public string? Hint(TaskInstance instance, int level)
    {
        TaskHints.RequireLevel(level);
        return null;
    }
}
