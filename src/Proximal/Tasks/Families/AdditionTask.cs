using Proximal.Tensors.Random;
using static System.FormattableString;

namespace Proximal.Tasks.Families;

/// <summary>Addition of two numbers of d digits, column by column from the ones: step <c>x+y+carry=sum</c>.</summary>
public sealed class AdditionTask(AdditionOptions options) : ProceduralTask("add", options, "0123456789+=?")
{
    /// <inheritdoc/>
    private protected override ProceduralDraft? Draw(SuiteRandom random)
    {
        int low = options.Difficulty == 1 ? 0 : PowerOfTen(options.Difficulty - 1), high = PowerOfTen(options.Difficulty) - 1;
        int a = random.Range(low, high), b = random.Range(low, high);
        List<string> steps = [];
        int carry = 0, carries = 0;
        for (int place = 0, x = a, y = b; place < options.Difficulty; place++, x /= 10, y /= 10)
        {
            int sum = (x % 10) + (y % 10) + carry;
            steps.Add(Invariant($"{x % 10}+{y % 10}+{carry}={sum}"));
            carry = sum / 10;
            carries += carry;
        }

        return carries < options.MinimumCarries
            ? null
            : new ProceduralDraft(Invariant($"add|{a}|{b}"), Invariant($"{a}+{b}=?"), Invariant($"{a + b}"), steps) { Metadata = new AdditionMetadata(a, b, carries) };
    }

    /// <inheritdoc/>
    private protected override Verdict Judge(TaskInstance instance, string answer, string? thought)
    {
        ArgumentNullException.ThrowIfNull(instance);
        Verdict verdict = AnswerText.JudgeInteger(instance.Answer, answer, Strict);
        return verdict.Parsed ? verdict with { Partial = AnswerText.DigitsRight(instance.Answer, verdict.NormalizedAnswer) } : verdict;
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Concepts(TaskInstance instance) =>
        ["add column by column", "start at the ones", "carry is sum over 10", Invariant($"there are {MetadataOf<AdditionMetadata>(instance).Carries} carries")];

    private static int PowerOfTen(int exponent)
    {
        int power = 1;
        for (int i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }
}
