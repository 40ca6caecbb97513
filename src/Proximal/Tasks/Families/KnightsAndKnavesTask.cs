using System.Numerics;
using Proximal.Tensors.Random;
using static System.FormattableString;

namespace Proximal.Tasks.Families;

/// <summary>
/// Knights, who tell the truth, and knaves, who lie: d + 1 people make one statement each, and exactly one assignment is consistent. The chain of thought is the depth-first search,
/// knight before knave, marking contradictions with <c>x</c>.
/// </summary>
public sealed class KnightsAndKnavesTask(ProceduralOptions options) : ProceduralTask("kk", options, "ABCDEFGKN=:~!|& x")
{
    private const int Kinds = 6;

    /// <inheritdoc/>
    private protected override ProceduralDraft? Draw(SuiteRandom random)
    {
        int people = Difficulty + 1, roles = 0;
        for (int i = 0; i < people; i++)
        {
            roles |= random.Int(2) << i;
        }

        KnightsAndKnavesStatement[] statements = new KnightsAndKnavesStatement[people];
        do
        {
            for (int i = 0; i < people; i++)
            {
                statements[i] = DrawStatement(random, people, i, roles);
            }
        }
        while (Enumerable.Range(0, 1 << people).Count(assignment => IsConsistent(statements, assignment)) != 1);

        string prompt = string.Join(' ', statements.Select((statement, i) => $"{KnightsAndKnavesStatement.Person(i)}:{statement.ToCompact()}"));
        string english = string.Join(' ', statements.Select((statement, i) => $"{KnightsAndKnavesStatement.Person(i)} says {statement.ToEnglish()}."));
        List<string> steps = [];
        Explore(statements, 0, 0, steps);
        return new ProceduralDraft($"kk|{prompt}", prompt, Describe(roles, people), steps)
        {
            EnglishPrompt = $"{english} who is a knight (K) and who is a knave (N)?",
            Metadata = new KnightsAndKnavesMetadata(people, BitOperations.PopCount((uint)roles)),
        };
    }

    /// <inheritdoc/>
    private protected override Verdict Judge(TaskInstance instance, string answer, string? thought)
    {
        ArgumentNullException.ThrowIfNull(instance);
        string[] expected = instance.Answer.Split(' '), given = answer.Split(' ', expected.Length + 1);
        if (given.Any(role => role.Length != 3 || role[1] != '=' || role[2] is not ('K' or 'N')))
        {
            return Verdict.Unreadable("the answer is not a list of roles");
        }

        int right = given.Distinct().Count(role => expected.Contains(role));
        return Verdict.Of(answer == instance.Answer, Math.Max(0, right - Math.Max(0, given.Length - expected.Length)) / (double)expected.Length, answer);
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Concepts(TaskInstance instance) =>
        ["knights tell truth", "knaves lie", "assume A is a knight first", Invariant($"there are {MetadataOf<KnightsAndKnavesMetadata>(instance).Knights} knights")];

    private static KnightsAndKnavesStatement DrawStatement(SuiteRandom random, int people, int speaker, int roles)
    {
        bool knight = ((roles >> speaker) & 1) == 1;
        while (true)
        {
            int kind = random.Int(Kinds), j = random.Int(people - 1);
            j += j >= speaker ? 1 : 0;
            int k = random.Int(people - 1);
            k += k >= j ? 1 : 0;
            KnightsAndKnavesStatement statement = new(kind, j, k);
            if (statement.Holds(roles) == knight)
            {
                return statement;
            }
        }
    }

    private static bool IsConsistent(KnightsAndKnavesStatement[] statements, int roles)
    {
        for (int i = 0; i < statements.Length; i++)
        {
            if (statements[i].Holds(roles) != (((roles >> i) & 1) == 1))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Assigns the person after the assigned ones, knight first; true once everybody has a role without contradiction.</summary>
    private static bool Explore(KnightsAndKnavesStatement[] statements, int roles, int assigned, List<string> steps)
    {
        if (assigned == statements.Length)
        {
            return true;
        }

        foreach (int role in (ReadOnlySpan<int>)[1, 0])
        {
            int next = roles | (role << assigned);
            bool contradiction = false;
            for (int speaker = 0; speaker <= assigned && !contradiction; speaker++)
            {
                contradiction = statements[speaker].IsWithin(assigned + 1) && statements[speaker].Holds(next) != (((next >> speaker) & 1) == 1);
            }

            steps.Add($"{KnightsAndKnavesStatement.Person(assigned)}={(role == 1 ? 'K' : 'N')}{(contradiction ? " x" : "")}");
            if (!contradiction && Explore(statements, next, assigned + 1, steps))
            {
                return true;
            }
        }

        return false;
    }

    private static string Describe(int roles, int people) =>
        string.Join(' ', Enumerable.Range(0, people).Select(i => $"{KnightsAndKnavesStatement.Person(i)}={(((roles >> i) & 1) == 1 ? 'K' : 'N')}"));
}
