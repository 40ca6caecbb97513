using System.Text;
using Proximal.Tensors.Random;
using static System.FormattableString;

namespace Proximal.Tasks.Families;

/// <summary>
/// A chain of d + 1 operations modulo m, worked from left to right: step <c>x op v=y</c>. Every step can be checked alone, which makes this the family for process rewards;
/// the dense credit is the longest right prefix of the steps.
/// </summary>
public sealed class ModularChainTask(ModularOptions options) : ProceduralTask("mod", options, "0123456789mod:+-*=? ")
{
    /// <inheritdoc/>
    private protected override ProceduralDraft? Draw(SuiteRandom random)
    {
        int modulus = options.Modulus, x = random.Int(modulus);
        StringBuilder text = new(Invariant($"{x}"));
        List<string> steps = [];
        for (int i = 0; i <= options.Difficulty; i++)
        {
            char operation = random.Pick(ModularArithmetic.Operators);
            int v = operation == '*' ? random.Range(2, modulus - 1) : random.Range(1, modulus - 1);
            int y = ModularArithmetic.Apply(x, operation, v, modulus);
            steps.Add(Invariant($"{x}{operation}{v}={y}"));
            text.Append(Invariant($" {operation}{v}"));
            x = y;
        }

        return new ProceduralDraft(Invariant($"mod|{modulus}|{text}"), Invariant($"mod {modulus}: {text} =?"), Invariant($"{x}"), steps);
    }

    /// <inheritdoc/>
    private protected override Verdict Judge(TaskInstance instance, string answer, string? thought)
    {
        ArgumentNullException.ThrowIfNull(instance);
        Verdict verdict = AnswerText.JudgeInteger(instance.Answer, answer, Strict);
        return ModularArithmetic.HasSteps(thought) ? verdict with { Partial = ModularArithmetic.StepsRight(instance.Steps, thought) } : verdict;
    }

    /// <inheritdoc/>
    private protected override bool? StepsHoldIn(TaskInstance instance, string thought)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return StepEquations.Hold(thought, instance.Answer, options.Modulus);
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Concepts(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return ["work left to right", "reduce mod m after each step", "negative: add m", Invariant($"there are {instance.Steps.Count} operations")];
    }
}
