using System.Globalization;
using Proximal.Tensors.Random;
using static System.FormattableString;

namespace Proximal.Tasks.Families;

/// <summary>
/// Continue an arithmetic sequence modulo m: prompt <c>a,b:m,k</c>, response the next k numbers joined by commas, then the end of the sequence. The prompts are all a, d and k in 0..9
/// with b = (a+d) mod m, a thousand in number. Differences that are equal modulo m give the same text; by default no text is in both splits, and with
/// <see cref="DigitCompletionOptions.Repeats"/> the list is divided as it is. The credit is the share of the expected characters, the end included, before the first mismatch.
/// </summary>
public sealed class DigitCompletionTask : ITask
{
    private const int Range = 10;

    private readonly TaskInstance[] train;
    private readonly TaskInstance[] test;

    /// <summary>Enumerates the prompts and splits them.</summary>
    /// <exception cref="ArgumentException">An option is impossible; the message names the key, the value and what is expected.</exception>
    public DigitCompletionTask(DigitCompletionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionChecks.Validate(options.FindFault());
        (train, test) = Split(options);
        TaskInstance[] all = [.. train, .. test];
        Lengths = new TaskLengths(all.Max(instance => instance.Prompt.Length), all.Max(instance => instance.Answer.Length));
    }

    /// <inheritdoc/>
    public string Name => "digit-completion";

    /// <inheritdoc/>
    public IReadOnlyList<string> Symbols { get; } = [.. "0123456789,:".Select(c => c.ToString())];

    /// <inheritdoc/>
    public TaskLengths Lengths { get; }

    /// <inheritdoc/>
    public long? Count(TaskSplit split) => InstancesOf(split).Length;

    /// <inheritdoc/>
    public TaskInstance Generate(TaskSplit split, long index)
    {
        TaskInstance[] instances = InstancesOf(split);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, instances.Length);
        return instances[index];
    }

    /// <inheritdoc/>
    public Verdict Verify(TaskInstance instance, Response response)
    {
        ArgumentNullException.ThrowIfNull(instance);
        string expected = instance.Answer;
        int matched = expected.AsSpan().CommonPrefixLength(response.Text);
        bool correct = response.Ended && response.Text == expected;
        double share = (matched + (correct ? 1 : 0)) / (double)(expected.Length + 1);
        return Verdict.Of(correct, share, response.Text) with { FormatOk = response.Ended, Score = share };
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

    private TaskInstance[] InstancesOf(TaskSplit split) => split switch
    {
        TaskSplit.Train => train,
        TaskSplit.Test => test,
        _ => [],
    };

    private static (TaskInstance[] Train, TaskInstance[] Test) Split(DigitCompletionOptions options)
    {
        (string Prompt, string Answer)[] prompts = [.. Enumerate(options.Modulus)];
        int room = (int)Math.Round(options.HeldOut * prompts.Length, MidpointRounding.ToEven);
        bool[] heldOut = options.Repeats ? HoldOutPlaces(options, prompts.Length, room) : HoldOutTexts(options, prompts, room);

        TaskInstance[] Collect(TaskSplit split) =>
        [
            .. prompts.Where((_, place) => heldOut[place] == (split == TaskSplit.Test)).Select((prompt, index) => new TaskInstance
            {
                Family = "digit-completion",
                Split = split,
                Index = index,
                Key = $"digit-completion|{prompt.Prompt}",
                Prompt = prompt.Prompt,
                Answer = prompt.Answer,
            }),
        ];
        return (Collect(TaskSplit.Train), Collect(TaskSplit.Test));
    }

    private static bool[] HoldOutPlaces(DigitCompletionOptions options, int count, int room)
    {
        int[] places = [.. Enumerable.Range(0, count)];
        new SuiteRandom("digit-completion", (ulong)options.Seed).Shuffle<int>(places);
        bool[] heldOut = new bool[count];
        foreach (int place in places.AsSpan(0, room))
        {
            heldOut[place] = true;
        }

        return heldOut;
    }

    private static bool[] HoldOutTexts(DigitCompletionOptions options, (string Prompt, string Answer)[] prompts, int room)
    {
        Dictionary<string, int> copies = prompts.CountBy(prompt => prompt.Prompt).ToDictionary(StringComparer.Ordinal);
        string[] texts = [.. copies.Keys.Order(StringComparer.Ordinal)];
        new SuiteRandom("digit-completion", (ulong)options.Seed).Shuffle<string>(texts);

        HashSet<string> heldOut = new(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            if (copies[text] <= room)
            {
                room -= copies[text];
                heldOut.Add(text);
            }
        }

        return [.. prompts.Select(prompt => heldOut.Contains(prompt.Prompt))];
    }

    private static IEnumerable<(string Prompt, string Answer)> Enumerate(int modulus)
    {
        for (int a = 0; a < Range; a++)
        {
            for (int d = 0; d < Range; d++)
            {
                for (int k = 0; k < Range; k++)
                {
                    int b = (a + d) % modulus;
                    yield return (Invariant($"{a},{b}:{modulus},{k}"), Continue(a, b, modulus, k));
                }
            }
        }
    }

    private static string Continue(int a, int b, int modulus, int count)
    {
        int difference = (((b - a) % modulus) + modulus) % modulus;
        return string.Join(',', Enumerable.Range(1, count).Select(i => ((b + (i * difference)) % modulus).ToString(CultureInfo.InvariantCulture)));
    }
}
