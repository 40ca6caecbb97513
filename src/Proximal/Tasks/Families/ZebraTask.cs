using Proximal.Tensors.Random;
using static System.FormattableString;

namespace Proximal.Tasks.Families;

/// <summary>
/// Zebra puzzles: put the values of some attributes into houses so that all clues hold; exactly one way does, and no clue is superfluous. The chain of thought counts the ways
/// left after each clue.
/// </summary>
public sealed class ZebraTask : ProceduralTask
{
    private static readonly (int Houses, int Attributes)[] Sizes = [(2, 2), (3, 2), (3, 3), (4, 2), (4, 3), (4, 4)];
    private static readonly string[] AttributeValues = ["abcd", "pqrs", "wxyz", "klmn"];

    private readonly int houses;
    private readonly int attributes;
    private readonly string names;
    private readonly Lazy<ZebraAssignments> assignments;

    /// <summary>Sets up the family.</summary>
    public ZebraTask(ProceduralOptions options)
        : base("zeb", options, "0123456789abcdpqrswxyzklmn: @!=<-;")
    {
        (houses, attributes) = Sizes[options.Difficulty - 1];
        names = string.Concat(AttributeValues.Take(attributes).Select(values => values[..houses]));
        assignments = new(() => new ZebraAssignments(houses, attributes));
    }

    /// <inheritdoc/>
    private protected override ProceduralDraft? Draw(SuiteRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        byte[] solution = new byte[houses * attributes];
        for (int attribute = 0; attribute < attributes; attribute++)
        {
            int[] order = [.. Enumerable.Range(attribute * houses, houses)];
            random.Shuffle<int>(order);
            for (int house = 0; house < houses; house++)
            {
                solution[order[house]] = (byte)house;
            }
        }

        ZebraClue[] clues = [.. TrueClues(solution)];
        random.Shuffle<ZebraClue>(clues);
        List<ZebraClue> kept = assignments.Value.Minimize(clues);
        List<int> remaining = assignments.Value.Remaining(kept);
        string sorted = string.Join(' ', kept.Select(clue => clue.Text).Order(StringComparer.Ordinal));
        return new ProceduralDraft(
            Invariant($"zeb|{houses}|{attributes}|{sorted}"),
            Invariant($"{houses}x{attributes}: {string.Join(' ', kept.Select(clue => clue.Text))}"),
            string.Join(';', Enumerable.Range(0, houses).Select(house => Invariant($"{house + 1}:{string.Join(' ', Residents(solution, house))}"))),
            [.. kept.Zip(remaining, (clue, left) => Invariant($"{clue.Text} n{left}"))])
        {
            Metadata = new ZebraMetadata(houses, attributes, kept.Count),
        };
    }

    /// <inheritdoc/>
    private protected override Verdict Judge(TaskInstance instance, string answer, string? thought)
    {
        ArgumentNullException.ThrowIfNull(instance);
        string[] expected = instance.Answer.Split(';'), given = answer.Split(';', expected.Length + 1);
        if (given.Length != expected.Length || given.Any(house => house.Length > 2 * (attributes + 1)))
        {
            return Verdict.Unreadable("the answer does not list every house once");
        }

        int right = 0;
        for (int house = 0; house < houses; house++)
        {
            string[] want = expected[house][2..].Split(' ');
            string[] got = given[house].Length > 2 && given[house][0] == expected[house][0] && given[house][1] == ':' ? given[house][2..].Split(' ') : [];
            right += want.Zip(got).Count(pair => pair.First == pair.Second);
        }

        return Verdict.Of(answer == instance.Answer, right / (double)(houses * attributes), answer);
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Concepts(TaskInstance instance) =>
        ["each value once", "@ fixes a house", "< means directly left", Invariant($"{MetadataOf<ZebraMetadata>(instance).Clues} clues")];

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Plan(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return [.. instance.Steps.Select(step => step[..(step.LastIndexOf('n') + 1)] + "_")];
    }

    private IEnumerable<char> Residents(byte[] solution, int house) => Enumerable.Range(0, solution.Length).Where(value => solution[value] == house).Select(value => names[value]);

    private IEnumerable<ZebraClue> TrueClues(byte[] solution)
    {
        for (int v = 0; v < names.Length; v++)
        {
            for (int house = 0; house < houses; house++)
            {
                bool there = solution[v] == house;
                yield return new ZebraClue(there ? ZebraRelation.At : ZebraRelation.NotAt, v, house, Invariant($"{names[v]}{(there ? '@' : '!')}{house + 1}"));
            }
        }

        for (int v = 0; v < names.Length; v++)
        {
            for (int w = 0; w < names.Length; w++)
            {
                foreach (ZebraClue clue in v == w ? [] : TrueClues(v, w, solution[w] - solution[v]))
                {
                    yield return clue;
                }
            }
        }
    }

    private IEnumerable<ZebraClue> TrueClues(int v, int w, int distance)
    {
        if (v / houses < w / houses && distance == 0)
        {
            yield return new ZebraClue(ZebraRelation.Same, v, w, $"{names[v]}={names[w]}");
        }

        if (distance == 1)
        {
            yield return new ZebraClue(ZebraRelation.DirectlyLeft, v, w, $"{names[v]}<{names[w]}");
        }

        if (names[v] < names[w] && Math.Abs(distance) == 1)
        {
            yield return new ZebraClue(ZebraRelation.Adjacent, v, w, $"{names[v]}-{names[w]}");
        }

        if (distance >= 2)
        {
            yield return new ZebraClue(ZebraRelation.Left, v, w, $"{names[v]}<<{names[w]}");
        }
    }
}
