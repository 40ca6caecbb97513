using System.Globalization;
using Proximal.Tensors.Random;
using static System.FormattableString;

namespace Proximal.Tasks.Families;

/// <summary>Subset sum with exactly one solution. The chain of thought takes or skips the values from the largest down, keeping the rest reachable.</summary>
public sealed class SubsetSumTask(ProceduralOptions options) : ProceduralTask("sub", options, "0123456789sub ->takeleftskip")
{
    private static readonly int[] Counts = [4, 5, 6, 7, 8, 10];
    private static readonly int[] Largest = [9, 12, 15, 20, 25, 30];

    /// <inheritdoc/>
    private protected override ProceduralDraft? Draw(SuiteRandom random)
    {
        int count = Counts[Difficulty - 1];
        int[] pool = [.. Enumerable.Range(1, Largest[Difficulty - 1])];
        random.Shuffle<int>(pool);
        int[] values = [.. pool.Take(count).Order()];
        int chosen = random.Range(2, Math.Max(2, count / 2));
        int[] places = [.. Enumerable.Range(0, count)];
        random.Shuffle<int>(places);
        int[] subset = [.. places.Take(chosen).Select(place => values[place]).Order()];
        int target = subset.Sum();
        if (Ways(values, target)[target] != 1)
        {
            return null;
        }

        string listed = Join(values);
        return new ProceduralDraft(Invariant($"sub|{listed}|{target}"), Invariant($"sub {listed} -> {target}"), Join(subset), Explain(values, target))
        {
            Metadata = new SubsetSumMetadata(values, target),
        };
    }

    /// <inheritdoc/>
    private protected override Verdict Judge(TaskInstance instance, string answer, string? thought)
    {
        SubsetSumMetadata metadata = MetadataOf<SubsetSumMetadata>(instance);
        HashSet<long> used = [];
        long sum = 0;
        bool listed = true;
        foreach (string item in answer.Split(' ', metadata.Values.Count + 1))
        {
            if (!AnswerText.TryInteger(item, canonical: false, out long value))
            {
                return Verdict.Unreadable("the answer is not a list of numbers");
            }

            listed &= used.Add(value) && value <= int.MaxValue && metadata.Values.Contains((int)value);
            sum += listed ? value : 0;
        }

        return Verdict.Of(listed && sum == metadata.Target, answer);
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Concepts(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return ["each number at most once", "try large numbers first", "keep the rest reachable", Invariant($"uses {instance.Answer.Split(' ').Length} numbers")];
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Plan(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return [.. instance.Steps.Select(step => step.StartsWith("take", StringComparison.Ordinal) ? step[..(step.LastIndexOf(' ') + 1)] + "_" : step)];
    }

    /// <summary>The number of subsets with each sum from 0 to the target.</summary>
    private static long[] Ways(ReadOnlySpan<int> values, int target)
    {
        long[] ways = new long[target + 1];
        ways[0] = 1;
        foreach (int value in values)
        {
            for (int sum = target; sum >= value; sum--)
            {
                ways[sum] += ways[sum - value];
            }
        }

        return ways;
    }

    private static List<string> Explain(int[] values, int target)
    {
        List<string> steps = [];
        int rest = target;
        for (int i = values.Length - 1; i >= 0 && rest > 0; i--)
        {
            int value = values[i];
            if (value <= rest && Ways(values.AsSpan(0, i), rest - value)[rest - value] > 0)
            {
                rest -= value;
                steps.Add(Invariant($"take {value} left {rest}"));
            }
            else
            {
                steps.Add(Invariant($"skip {value}"));
            }
        }

        return steps;
    }

    private static string Join(IEnumerable<int> values) => string.Join(' ', values.Select(value => value.ToString(CultureInfo.InvariantCulture)));
}
