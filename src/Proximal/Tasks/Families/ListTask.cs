using System.Globalization;
using Proximal.Tensors.Random;
using static System.FormattableString;

namespace Proximal.Tasks.Families;

/// <summary>
/// A list of d + 2 digits to sort or reverse (or its maximum, k-th smallest or distinct values). Sorting takes the first smallest value
/// at a time, reversing the last: step <c>picked|remaining</c>.
/// </summary>
public sealed class ListTask(ListOptions options) : ProceduralTask("lst", options, "0123456789 |sortevmaxkhuniq")
{
    internal static readonly string[] KnownOperations = ["sort", "rev", "max", "kth", "uniq"];

    /// <inheritdoc/>
    private protected override ProceduralDraft? Draw(SuiteRandom random)
    {
        string operation = random.Pick(options.Operations);
        int[] values = new int[options.Difficulty + 2];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.Int(10);
        }

        if (operation == "kth")
        {
            operation = Invariant($"kth {random.Range(1, values.Length)}");
        }

        string prompt = $"{operation} {Join(values)}";
        (List<int> answer, List<string> steps) = Solve(operation, values);
        return new ProceduralDraft($"lst|{operation}|{Join(values)}", prompt, Join(answer), steps) { Metadata = new ListMetadata(operation, values) };
    }

    /// <inheritdoc/>
    private protected override Verdict Judge(TaskInstance instance, string answer, string? thought)
    {
        ArgumentNullException.ThrowIfNull(instance);
        string[] expected = instance.Answer.Split(' '), given = answer.Split(' ');
        if (given.Any(item => !AnswerText.TryInteger(item, canonical: false, out _)))
        {
            return Verdict.Unreadable("the answer is not a list of numbers");
        }

        int right = expected.Length == given.Length ? expected.Zip(given).Count(pair => pair.First == pair.Second) : 0;
        return Verdict.Of(answer == instance.Answer, right / (double)expected.Length, answer);
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Concepts(TaskInstance instance)
    {
        ListMetadata metadata = MetadataOf<ListMetadata>(instance);
        (string values, string order, string copies) = metadata.Operation[0] switch
        {
            's' => ("same multiset", "smallest first", "keep duplicates"),
            'r' => ("same multiset", "last first", "keep duplicates"),
            'm' => ("one of the values", "keep the largest so far", "duplicates do not matter"),
            'k' => ("one of the values", "take the smallest k times", "duplicates count"),
            _ => ("same set", "in the order given", "drop repeats"),
        };
        return [values, order, copies, Invariant($"{metadata.Values.Count} items")];
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Plan(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return [.. instance.Steps.Select(step => string.Concat(step.Select(c => char.IsAsciiDigit(c) ? '_' : c)))];
    }

    private static (List<int> Answer, List<string> Steps) Solve(string operation, int[] values)
    {
        List<int> rest = [.. values], answer = [];
        List<string> steps = [];
        switch (operation[0])
        {
            case 'm':
                int best = values[0];
                foreach (int value in values)
                {
                    best = Math.Max(best, value);
                    steps.Add(Invariant($"{value}|{best}"));
                }

                return ([best], steps);
            case 'u':
                foreach (int value in values)
                {
                    if (!answer.Contains(value))
                    {
                        answer.Add(value);
                    }

                    steps.Add(Invariant($"{value}|{Join(answer)}"));
                }

                return (answer, steps);
            default:
                int picks = operation[0] == 'k' ? int.Parse(operation.AsSpan(4), CultureInfo.InvariantCulture) : values.Length;
                for (int i = 0; i < picks; i++)
                {
                    int at = operation[0] == 'r' ? rest.Count - 1 : rest.IndexOf(rest.Min());
                    answer.Add(rest[at]);
                    rest.RemoveAt(at);
                    steps.Add(Invariant($"{answer[^1]}|{Join(rest)}"));
                }

                return (operation[0] == 'k' ? [answer[^1]] : answer, steps);
        }
    }

    private static string Join(IEnumerable<int> values) => string.Join(' ', values.Select(value => value.ToString(CultureInfo.InvariantCulture)));
}
