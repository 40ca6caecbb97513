using System.Text;
using Proximal.Environments;
using Proximal.Environments.Tools;
using Proximal.Tensors.Random;
using static System.FormattableString;

namespace Proximal.Tasks.Families;

/// <summary>
/// Arithmetic of which it is known whether a calculator is worth its price. Hard problems, <c>37*64-5=?</c>, have m operands of up to d digits and one best call. Easy ones, <c>3+4=?</c>, have two
/// operands of one digit, and stated ones, <c>a=37;b=12;b=?</c>, show their answer: these are best answered without a call. Easy
/// problems are so few that a model can know all of them by heart, so all splits share them: what is measured is whether it calls for what it does not know.
/// </summary>
public sealed class ToolArithmeticTask(ToolArithmeticOptions options) : ProceduralTask("tool-arithmetic", options, "0123456789+-*=?;ab")
{
    /// <summary>Keys of one easy problem: enough for every split to have it.</summary>
    private const int SharedKeys = 1000;

    /// <inheritdoc/>
    private protected override ProceduralDraft Draw(SuiteRandom random)
    {
        double kind = random.Double();
        if (kind < options.Stated)
        {
            return DrawStated(random);
        }

        bool isEasy = kind < options.Stated + options.Easy;
        string expression, value;
        do
        {
            expression = isEasy ? Expression(random, 2, 1) : Expression(random, random.Range(2, options.Operands), random.Range(1, options.Difficulty));
        }
        while (!CalculatorExpression.TryEvaluate(expression, out value) || (!isEasy && IsEasy(expression)));

        PlannedCall call = new(CalculatorTool.Key, expression);
        string table = isEasy ? Invariant($"|{random.Int(SharedKeys)}") : "";
        return new ProceduralDraft($"tool-arithmetic|{expression}{table}", $"{expression}=?", value, [$"{expression}={value}"]) { Metadata = new ToolMetadata(isEasy ? [] : [call], call) };
    }

    /// <inheritdoc/>
    private protected override Verdict Judge(TaskInstance instance, string answer, string? thought)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return AnswerText.JudgeInteger(instance.Answer, answer, Strict);
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Concepts(TaskInstance instance) =>
        ["products first", "a calculator costs", "an easy sum needs none", Invariant($"{MetadataOf<ToolMetadata>(instance).Calls.Count} calls")];

    private static bool IsEasy(string expression) => expression.Length == 3;

    private ProceduralDraft DrawStated(SuiteRandom random)
    {
        string[] values = [Number(random, options.Difficulty), Number(random, options.Difficulty)];
        int asked = random.Int(2);
        string prompt = $"a={values[0]};b={values[1]};{"ab"[asked]}=?";
        return new ProceduralDraft($"tool-arithmetic|{prompt}", prompt, values[asked], [$"{"ab"[asked]}={values[asked]}"])
        {
            Metadata = new ToolMetadata([], new PlannedCall(CalculatorTool.Key, values[asked])),
        };
    }

    private string Expression(SuiteRandom random, int operands, int digits)
    {
        StringBuilder text = new(Number(random, digits));
        for (int i = 1; i < operands; i++)
        {
            text.Append(random.Pick(options.Operations)).Append(Number(random, digits));
        }

        return text.ToString();
    }

    private static string Number(SuiteRandom random, int digits)
    {
        int power = (int)Math.Pow(10, digits - 1);
        return Invariant($"{random.Range(digits == 1 ? 0 : power, (10 * power) - 1)}");
    }
}
