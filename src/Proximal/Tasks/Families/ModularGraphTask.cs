using Proximal.Tensors.Random;
using static System.FormattableString;

namespace Proximal.Tasks.Families;

/// <summary>
/// Named variables modulo m, each a number or an operation on earlier ones, some of them distractors; the last one is asked for. The chain of thought works out only the variables
/// that are needed, in the order of their definition.
/// </summary>
public sealed class ModularGraphTask(ModularGraphOptions options) : ProceduralTask("moddag", options, "0123456789mod:+-*=? abcdefghijklmnopqrstuvwxyz")
{
    /// <inheritdoc/>
    private protected override ProceduralDraft? Draw(SuiteRandom random)
    {
        int used = options.Difficulty + 2, count = used + options.Distractors;
        bool[] distractor = DrawDistractors(random, count);
        Variable[] variables = new Variable[count];
        List<int> sources = [];
        for (int i = 0; i < count; i++)
        {
            variables[i] = DrawVariable(random, sources, variables, NameOf(i));
            if (!distractor[i])
            {
                sources.Add(i);
            }
        }

        bool[] needed = new bool[count];
        needed[^1] = true;
        for (int i = count - 1; i >= 0; i--)
        {
            if (needed[i] && variables[i].Left is { } left)
            {
                needed[left] = true;
                needed[variables[i].Right ?? left] = true;
            }
        }

        string[] steps = [.. Enumerable.Range(0, count).Where(i => needed[i]).Select(i => variables[i].Step)];
        string text = string.Join(' ', variables.Select(variable => variable.Definition));
        return new ProceduralDraft(
            Invariant($"moddag|{options.Modulus}|{text}"),
            Invariant($"mod {options.Modulus}: {text} {NameOf(count - 1)}=?"),
            Invariant($"{variables[^1].Value}"),
            steps);
    }

    /// <inheritdoc/>
    private protected override Verdict Judge(TaskInstance instance, string answer, string? thought)
    {
        ArgumentNullException.ThrowIfNull(instance);
        Verdict verdict = AnswerText.JudgeInteger(instance.Answer, answer, Strict);
        return ModularArithmetic.HasSteps(thought) ? verdict with { Partial = ModularArithmetic.StepsRight(instance.Steps, thought) } : verdict;
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Concepts(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return ["find what is needed", "earlier variables first", "reduce mod m after each step", Invariant($"{instance.Steps.Count} variables are needed")];
    }

    private static char NameOf(int variable) => (char)('a' + variable);

    private bool[] DrawDistractors(SuiteRandom random, int count)
    {
        int[] places = [.. Enumerable.Range(0, count - 1)];
        random.Shuffle<int>(places);
        bool[] distractor = new bool[count];
        foreach (int place in places.AsSpan(0, options.Distractors))
        {
            distractor[place] = true;
        }

        return distractor;
    }

    private Variable DrawVariable(SuiteRandom random, List<int> sources, Variable[] variables, char name)
    {
        if (sources.Count == 0)
        {
            int value = random.Int(options.Modulus);
            return new Variable(Invariant($"{name}={value}"), Invariant($"{name}={value}"), value, null, null);
        }

        char operation = random.Pick(ModularArithmetic.Operators);
        int left = random.Pick<int>(sources);
        int? right = sources.Count > 1 && random.Int(2) == 1 ? random.Pick<int>(sources) : null;
        int operand = right is { } source ? variables[source].Value : random.Range(1, options.Modulus - 1);
        int result = ModularArithmetic.Apply(variables[left].Value, operation, operand, options.Modulus);
        string written = right is { } variable ? NameOf(variable).ToString() : Invariant($"{operand}");
        return new Variable(
            Invariant($"{name}={NameOf(left)}{operation}{written}"),
            Invariant($"{name}={variables[left].Value}{operation}{operand}={result}"),
            result,
            left,
            right);
    }

    private readonly record struct Variable(string Definition, string Step, int Value, int? Left, int? Right);
}
