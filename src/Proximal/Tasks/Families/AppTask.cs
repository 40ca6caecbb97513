using Proximal.Tensors.Random;
using static System.FormattableString;

namespace Proximal.Tasks.Families;

/// <summary>
/// Goals in a small app: a table of three rows with a digit each, an outbox, and the functions <c>list</c>, <c>get</c>, <c>update</c>, <c>send</c> and <c>help</c>. The prompt is the goal,
/// <c>copy b c:</c>; the policy acts by commands, <c>update(ref=b,new=7);</c>, and ends with <c>done;</c>. What the arguments are called differs from problem to
/// problem and only <c>help update;</c> tells. Unit tests on the final state decide: the score is the share that passes, right is all of them.
/// </summary>
/// <remarks>The policy sees what commands answer in <see cref="Environments.AppSimulator"/>; verified alone, a response is run as a script.</remarks>
public sealed class AppTask(AppOptions options) : ProceduralTask("app-sim", options, $" :;(),=>\n0123456789{Ids}{AppWorld.Recipients}", Words)
{
    private const string Ids = "abcdef";
    private const string Close = ";";
    private const int RowCount = 3;

    private static readonly string[] Words =
    [
        AppWorld.Help, AppWorld.List, AppWorld.Get, AppWorld.Update, AppWorld.Send, AppWorld.Done, AppWorld.Taken, "err", "call", "args", "row", "value",
        "set", "mail", "copy", "add", "swap", "move", "max", .. AppDialect.Ids, .. AppDialect.Values, .. AppDialect.Recipients,
    ];

    /// <inheritdoc/>
    private protected override ProceduralDraft Draw(SuiteRandom random)
    {
        int difficulty = random.Range(1, Difficulty);
        difficulty = options.Mixed ? difficulty : Difficulty;
        char[] ids = [.. Ids];
        random.Shuffle<char>(ids);
        char[] rows = ids[..RowCount], values = [Digit(random.Int(10)), Digit(random.Int(10)), Digit(random.Int(10))];
        AppDialect dialect = new(random.Pick(AppDialect.Ids), random.Pick(AppDialect.Values), random.Pick(AppDialect.Recipients));
        AppPlan plan = new([.. rows.Zip(values).Order()], dialect, careless: random.Double() < options.Careless);
        string prompt = Fill(plan, random.Int(difficulty == 1 ? 2 : 3), difficulty, rows, random.Int(10), random.Pick(AppWorld.Recipients));
        string key = Invariant($"app-sim|{prompt}|{string.Concat(plan.Rows.Select(row => $"{row.Id}{row.Value}"))}|{dialect.Id},{dialect.Value},{dialect.Recipient}");
        return new ProceduralDraft(key, prompt, string.Concat(plan.Commands.Select(command => command + Close)), plan.Commands)
        {
            Metadata = new AppMetadata(plan.Rows, dialect, plan.Tests()),
        };
    }

    /// <inheritdoc/>
    private protected override Verdict Judge(TaskInstance instance, string answer, string? thought)
    {
        AppWorld world = new(MetadataOf<AppMetadata>(instance));
        foreach (string command in answer.Split(Close, StringSplitOptions.RemoveEmptyEntries).TakeWhile(_ => !world.IsDone))
        {
            world.Execute(command);
        }

        return world.Judge(answer);
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Concepts(TaskInstance instance) => ["read the help first", "get what you need", "change what is asked", "end with done"];

    private static char Digit(int value) => (char)('0' + value);

    /// <summary>Chooses one of the goals of a difficulty, and plans it.</summary>
    private static string Fill(AppPlan plan, int form, int difficulty, char[] rows, int digit, char recipient)
    {
        char a = rows[0], b = rows[1];
        switch (difficulty, form)
        {
            case (1, 0):
                plan.Update(a, Digit(digit));
                return $"set {a} {digit}:";
            case (1, _):
                plan.Send(a, recipient);
                return $"mail {a} {recipient}:";
            case (2, 0):
                plan.Update(b, plan.Get(a));
                return $"copy {a} {b}:";
            case (2, 1):
                plan.Update(a, Digit((plan.Get(a) - '0' + digit) % 10));
                return $"add {a} {digit}:";
            case (2, _):
                plan.Update(a, Digit(digit));
                plan.Send(b, recipient);
                return $"set {a} {digit} mail {b} {recipient}:";
            case (_, 0):
                (char first, char second) = (plan.Get(a), plan.Get(b));
                plan.Update(a, second);
                plan.Update(b, first);
                return $"swap {a} {b}:";
            case (_, 1):
                plan.Update(b, plan.Get(a));
                plan.Update(a, '0');
                plan.Send(b, recipient);
                return $"move {a} {b} mail {b} {recipient}:";
            default:
                plan.SendLargest(recipient);
                return $"mail max {recipient}:";
        }
    }
}
