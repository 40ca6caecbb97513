using Proximal.Tensors.Random;
using static System.FormattableString;

namespace Proximal.Tasks.Families;

/// <summary>
/// Multiplication of numbers with (1,1), (2,1), (3,1), (2,2), (3,2), (3,3) digits for difficulty 1 to 6: partial products by digit of the second number, then running sums.
/// </summary>
public sealed class MultiplicationTask(ProceduralOptions options) : ProceduralTask("mul", options, "0123456789*+=?")
{
    private static readonly (int First, int Second)[] Digits = [(1, 1), (2, 1), (3, 1), (2, 2), (3, 2), (3, 3)];

    /// <inheritdoc/>
    private protected override ProceduralDraft? Draw(SuiteRandom random)
    {
        (int digitsA, int digitsB) = Digits[Difficulty - 1];
        int a = DrawNumber(random, digitsA), b = DrawNumber(random, digitsB);
        List<string> steps = [];
        int sum = 0;
        for (int place = 1, rest = b, k = 0; k < digitsB; k++, place *= 10, rest /= 10)
        {
            int part = rest % 10 * place, product = a * part;
            steps.Add(Invariant($"{a}*{part}={product}"));
            if (k > 0)
            {
                steps.Add(Invariant($"{sum}+{product}={sum + product}"));
            }

            sum += product;
        }

        return new ProceduralDraft(Invariant($"mul|{a}|{b}"), Invariant($"{a}*{b}=?"), Invariant($"{a * b}"), steps);
    }

    /// <inheritdoc/>
    private protected override Verdict Judge(TaskInstance instance, string answer, string? thought)
    {
        ArgumentNullException.ThrowIfNull(instance);
        Verdict verdict = AnswerText.JudgeInteger(instance.Answer, answer, Strict);
        return verdict.Parsed ? verdict with { Partial = AnswerText.DigitsRight(instance.Answer, verdict.NormalizedAnswer) } : verdict;
    }

    /// <inheritdoc/>
    private protected override bool? StepsHoldIn(TaskInstance instance, string thought)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return StepEquations.Hold(thought, instance.Answer);
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Concepts(TaskInstance instance) =>
        ["split b by digits", "multiply a by each part", "shift by zeros", "add partial products"];

    private static int DrawNumber(SuiteRandom random, int digits) => digits switch
    {
        1 => random.Range(0, 9),
        2 => random.Range(10, 99),
        _ => random.Range(100, 999),
    };
}
