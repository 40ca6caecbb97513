using System.Globalization;
using Proximal.Tensors.Random;
using static System.FormattableString;

namespace Proximal.Tasks.Families;

/// <summary>
/// The sum of 2 to 10 digits: prompt <c>314=</c>, ideal response the running sums from the second digit on, then <c>#</c> and the final number: <c>4,8#8</c>. Only the final number
/// decides, so a model may guess by writing # early; the share of right running sums is the dense credit. Redundant demonstrations go on before the #: <c>4,8,wait,4,8,so 8#8</c>.
/// </summary>
public sealed class ChainSumTask(ChainSumOptions options) : ProceduralTask("chain-sum", options, "0123456789,#=")
{
    private const char Final = '#';
    private const int LoopCharacters = 60;

    /// <inheritdoc/>
    private protected override ProceduralDraft? Draw(SuiteRandom random)
    {
        int[] digits = new int[options.Difficulty + 1];
        for (int i = 0; i < digits.Length; i++)
        {
            digits[i] = random.Int(10);
        }

        List<string> sums = [];
        for (int i = 1, sum = digits[0]; i < digits.Length; i++)
        {
            sum += digits[i];
            sums.Add(Invariant($"{sum}"));
        }

        string text = string.Concat(digits.Select(digit => digit.ToString(CultureInfo.InvariantCulture)));
        return new ProceduralDraft($"chain-sum|{text}", $"{text}=", sums[^1], sums);
    }

    /// <inheritdoc/>
    private protected override string Compose(TaskInstance instance, IReadOnlyList<string> steps)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return IsLoop(instance) ? Loop(steps) : options.Style == ResponseStyle.Reasoned ? $"{string.Join(',', steps)}{Final}{instance.Answer}" : $"{Final}{instance.Answer}";
    }

    /// <summary>The running sums, then the last two of them over and over.</summary>
    private static string Loop(IReadOnlyList<string> steps)
    {
        string sums = string.Join(',', steps), again = string.Concat(steps.TakeLast(2).Select(sum => $",{sum}"));
        return sums + string.Concat(Enumerable.Repeat(again, LoopCharacters / again.Length));
    }

    private bool IsLoop(TaskInstance instance) =>
        options.Loops > 0 && new SuiteRandom(Invariant($"loops|{instance.Split}|{instance.Difficulty}|{instance.Index}"), (ulong)options.Seed).Double() < options.Loops;

    /// <inheritdoc/>
    private protected override ParsedResponse Parse(string text, bool ended)
    {
        ArgumentNullException.ThrowIfNull(text);
        int first = text.IndexOf(Final, StringComparison.Ordinal), last = text.LastIndexOf(Final);
        bool formatOk = ended && first >= 0 && first == last;
        bool counts = first >= 0 && (formatOk || !Strict);
        return new ParsedResponse(formatOk, first >= 0 ? text[..first] : text, counts ? text[(last + 1)..] : null);
    }

    /// <inheritdoc/>
    private protected override Verdict Judge(TaskInstance instance, string answer, string? thought)
    {
        ArgumentNullException.ThrowIfNull(instance);
        Verdict verdict = AnswerText.JudgeInteger(instance.Answer, answer, Strict);
        string[] sums = (thought ?? "").Split(',', instance.Steps.Count + 1);
        int right = instance.Steps.Zip(sums).TakeWhile(pair => pair.First == pair.Second).Count();
        return verdict with { Partial = right / (double)instance.Steps.Count };
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Concepts(TaskInstance instance) =>
        ["add from the left", "write every running sum", "the last running sum is the answer", Invariant($"{options.Difficulty + 1} digits")];

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Plan(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return [.. instance.Steps.Select(_ => "_")];
    }
}
