using Proximal.Tensors.Random;
using static System.FormattableString;

namespace Proximal.Tasks.Families;

/// <summary>Addition modulo m: prompt <c>a+b=</c>, answer the digits of (a+b) mod m.</summary>
public sealed class ModularAdditionTask(ModularAdditionOptions options) : ProceduralTask("mod-add", options, "0123456789+=-")
{
    /// <inheritdoc/>
    private protected override ProceduralDraft? Draw(SuiteRandom random)
    {
        int a = random.Int(options.Modulus), b = random.Int(options.Modulus), sum = a + b;
        string[] steps = sum < options.Modulus ? [Invariant($"{a}+{b}={sum}")] : [Invariant($"{a}+{b}={sum}"), Invariant($"{sum}-{options.Modulus}={sum - options.Modulus}")];
        return new ProceduralDraft(Invariant($"mod-add|{options.Modulus}|{a}|{b}"), Invariant($"{a}+{b}="), Invariant($"{sum % options.Modulus}"), steps);
    }

    /// <inheritdoc/>
    private protected override Verdict Judge(TaskInstance instance, string answer, string? thought)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return AnswerText.JudgeInteger(instance.Answer, answer, Strict);
    }

    /// <inheritdoc/>
    private protected override bool? StepsHoldIn(TaskInstance instance, string thought)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return StepEquations.Hold(thought, instance.Answer);
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Concepts(TaskInstance instance) =>
        ["add the numbers", "subtract m if the sum reaches m", "the result is below m", Invariant($"m is {options.Modulus}")];
}
