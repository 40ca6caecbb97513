using System.Globalization;
using System.Numerics;
using Proximal.Tensors.Random;
using static System.FormattableString;

namespace Proximal.Tasks.Families;

/// <summary>
/// Nested arithmetic of a chosen number of operations, a benchmark without leakage at any length (RandomCalculation). Integer mode keeps every value within ±999. Full mode
/// works on exact fractions, answers with six decimals and scores continuously: 1 - min(|a-b|,1)/2 - min(|a-b|/(|b|+1e-6),1)/2.
/// </summary>
public sealed class RandomCalculationTask(RandomCalculationOptions options)
    : ProceduralTask("rc", options, options.Full ? "0123456789+-*/()=?." : "0123456789+-*()=?")
{
    private const int LargestInteger = 999;
    private const int MaximumAnswerCharacters = 32;
    private const int LargestMagnitude = 1_000_000;

    private static readonly BigInteger LargestDenominator = 1_000_000_000;

    /// <inheritdoc/>
    private protected override ProceduralDraft? Draw(SuiteRandom random) => options.Full ? DrawFull(random) : DrawInteger(random);

    /// <inheritdoc/>
    private protected override Verdict Judge(TaskInstance instance, string answer, string? thought)
    {
        ArgumentNullException.ThrowIfNull(instance);
        if (!options.Full)
        {
            return AnswerText.JudgeInteger(instance.Answer, answer, Strict);
        }

        if (answer.Length > MaximumAnswerCharacters
            || !double.TryParse(answer, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value))
        {
            return Verdict.Unreadable("the answer is not a number");
        }

        double expected = MetadataOf<RandomCalculationMetadata>(instance).Value, difference = Math.Abs(value - expected);
        double reward = ContinuousReward(value, expected);
        return Verdict.Of(difference <= 1e-4 * Math.Max(1, Math.Abs(expected)), reward, answer) with { Score = reward };
    }

    /// <summary>The continuous reward of an answer a for the value b.</summary>
    public static double ContinuousReward(double answer, double value)
    {
        double difference = Math.Abs(answer - value);
        return 1 - (0.5 * Math.Min(difference, 1)) - (0.5 * Math.Min(difference / (Math.Abs(value) + 1e-6), 1));
    }

    /// <inheritdoc/>
    private protected override bool? StepsHoldIn(TaskInstance instance, string thought)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return options.Full ? null : StepEquations.Hold(thought, instance.Answer);
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Concepts(TaskInstance instance) =>
        ["innermost parentheses first", "one operation per step", "keep the sign", Invariant($"{options.Difficulty} operations")];

    private ProceduralDraft DrawInteger(SuiteRandom random)
    {
        int value = random.Range(0, 20);
        string expression = Invariant($"{value}");
        List<string> steps = [];
        for (int i = 0; i < options.Difficulty; i++)
        {
            char operation;
            int x, y;
            bool left;
            do
            {
                operation = random.Pick("+-*");
                left = random.Int(2) == 0;
                x = operation == '*' ? random.Range(2, 9) : random.Range(0, 20);
                y = left ? Apply(value, operation, x) : Apply(x, operation, value);
            }
            while (Math.Abs(y) > LargestInteger);

            string inner = i == 0 ? expression : $"({expression})";
            expression = left ? Invariant($"{inner}{operation}{x}") : Invariant($"{x}{operation}{inner}");
            steps.Add(left ? Invariant($"{value}{operation}{x}={y}") : Invariant($"{x}{operation}{value}={y}"));
            value = y;
        }

        return new ProceduralDraft($"rc|{expression}", $"{expression}=?", Invariant($"{value}"), steps) { Metadata = new RandomCalculationMetadata(value) };
    }

    private ProceduralDraft DrawFull(SuiteRandom random)
    {
        (Rational value, string expression) = DrawOperand(random);
        List<string> steps = [];
        for (int i = 0; i < options.Difficulty; i++)
        {
            char operation;
            bool left;
            Rational x;
            string text;
            Rational? result;
            do
            {
                operation = random.Pick("+-*/");
                left = random.Int(2) == 0;
                (x, text) = DrawOperand(random);
                result = left ? Rational.Apply(value, operation, x) : Rational.Apply(x, operation, value);
            }
            while (result is not { } y || y.Denominator > LargestDenominator || BigInteger.Abs(y.Numerator) > y.Denominator * LargestMagnitude);

            string inner = i == 0 ? expression : $"({expression})", shown = i == 0 ? expression : value.ToDecimal();
            expression = left ? $"{inner}{operation}{text}" : $"{text}{operation}{inner}";
            value = result.Value;
            steps.Add((left ? $"{shown}{operation}{text}" : $"{text}{operation}{shown}") + $"={value.ToDecimal()}");
        }

        return new ProceduralDraft($"rc|{expression}", $"{expression}=?", value.ToDecimal(), steps) { Metadata = new RandomCalculationMetadata(value.ToDouble()) };
    }

    private static (Rational Value, string Text) DrawOperand(SuiteRandom random)
    {
        bool fraction = random.Int(2) == 1;
        int p = random.Range(0, fraction ? 20 : 100), q = fraction ? random.Range(2, 20) : 1;
        string text = fraction ? Invariant($"({p}/{q})") : Invariant($"{p}");
        Rational root = new(p, q);
        return random.Int(6) switch
        {
            0 => (root * root, $"({text}*{text})"),
            1 => (root * root * root, $"({text}*{text}*{text})"),
            _ => (root, text),
        };
    }

    private static int Apply(int a, char operation, int b) => operation switch
    {
        '+' => a + b,
        '-' => a - b,
        _ => a * b,
    };
}
