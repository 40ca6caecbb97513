using Proximal.Tensors.Random;
using static System.FormattableString;

namespace Proximal.Tasks.Families;

/// <summary>
/// Countdown: combine d + 1 numbers with + - * / and parentheses to reach a target, each number once. Answers are parsed and worked out in exact fractions; any right
/// expression counts. Lenient judging also accepts expressions that leave numbers out.
/// </summary>
public sealed class CountdownTask(CountdownOptions options) : ProceduralTask("cd", options, Alphabet(options))
{
    private const int MinimumTarget = 10;
    private const int MaximumTarget = 100;
    private const int MaximumValue = 1000;

    /// <inheritdoc/>
    private protected override ProceduralDraft? Draw(SuiteRandom random) => options.Raw ? DrawRaw(random) : DrawSolvable(random);

    /// <inheritdoc/>
    private protected override Verdict Judge(TaskInstance instance, string answer, string? thought)
    {
        CountdownMetadata metadata = MetadataOf<CountdownMetadata>(instance);
        (Rational value, IReadOnlyList<int> literals, _, string? error) = ArithmeticExpression.Evaluate(answer);
        if (error is not null)
        {
            return Verdict.Unreadable(error);
        }

        List<int> unused = [.. metadata.Numbers];
        bool onlyGiven = literals.All(unused.Remove);
        return Verdict.Of(value == metadata.Target && onlyGiven && (unused.Count == 0 || !Strict), answer);
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Concepts(TaskInstance instance)
    {
        CountdownMetadata metadata = MetadataOf<CountdownMetadata>(instance);
        string last = metadata.Solvable ? ArithmeticExpression.Evaluate(instance.Answer).Steps[^1] : "";
        int at = last.AsSpan().IndexOfAny("+-*/");
        string operation = at < 0 ? "unknown" : last[at].ToString(), number = at < 0 ? "unknown" : last[(at + 1)..last.IndexOf('=', StringComparison.Ordinal)];
        return ["use each number once", "ops + - * /", $"the last op is {operation}", $"the last number is {number}"];
    }

    private static string Alphabet(CountdownOptions options) =>
        "0123456789cd ->+*/()=" + options.Thought switch
        {
            CountdownThought.Search => "is not try again aim",
            CountdownThought.Dots => ".",
            _ => "",
        };

    private int[] DrawNumbers(SuiteRandom random)
    {
        int[] numbers = new int[options.Difficulty + 1];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = random.Range(options.Minimum, options.Maximum);
        }

        return numbers;
    }

    private ProceduralDraft? DrawSolvable(SuiteRandom random)
    {
        int[] numbers = DrawNumbers(random);
        if (Reduce(random, numbers) is not { } reduction || reduction.Value is < MinimumTarget or > MaximumTarget || numbers.Contains(reduction.Value))
        {
            return null;
        }

        return ToDraft(numbers, reduction.Value, CountdownSolver.WithoutOuterParentheses(reduction.Text), reduction.Steps);
    }

    private ProceduralDraft DrawRaw(SuiteRandom random)
    {
        int[] numbers = DrawNumbers(random);
        int target = random.Range(MinimumTarget, MaximumTarget);
        string? solution = CountdownSolver.SolveFirst(numbers, target);
        return ToDraft(numbers, target, solution ?? "", solution is null ? [] : ArithmeticExpression.Evaluate(solution).Steps);
    }

    private ProceduralDraft ToDraft(int[] numbers, int target, string answer, IReadOnlyList<string> steps)
    {
        string key = Invariant($"cd|{string.Join(',', numbers.Order())}|{target}"), prompt = Invariant($"cd {string.Join(' ', numbers)} -> {target}");
        return new ProceduralDraft(key, prompt, answer, Think(key, numbers, target, steps))
        {
            Metadata = new CountdownMetadata(numbers, target, answer.Length > 0),
        };
    }

    /// <summary>Combines random pairs until one number is left; null as soon as a value leaves 1..1000.</summary>
    private static (int Value, string Text, List<string> Steps)? Reduce(SuiteRandom random, int[] numbers)
    {
        List<(int Value, string Text)> terms = [.. numbers.Select(n => (n, Invariant($"{n}")))];
        List<string> steps = [];
        while (terms.Count > 1)
        {
            (int Value, string Text) a = Take(random, terms), b = Take(random, terms);
            if (a.Value < b.Value)
            {
                (a, b) = (b, a);
            }

            bool divides = b.Value != 0 && a.Value % b.Value == 0;
            char operation = random.Pick(divides ? "+-*/" : "+-*");
            int value = operation switch
            {
                '+' => a.Value + b.Value,
                '-' => a.Value - b.Value,
                '*' => a.Value * b.Value,
                _ => a.Value / b.Value,
            };
            if (value is 0 or > MaximumValue)
            {
                return null;
            }

            steps.Add(Invariant($"{a.Value}{operation}{b.Value}={value}"));
            terms.Add((value, $"({a.Text}{operation}{b.Text})"));
        }

        return (terms[0].Value, terms[0].Text, steps);
    }

    private static (int Value, string Text) Take(SuiteRandom random, List<(int Value, string Text)> terms)
    {
        int at = random.Int(terms.Count);
        (int Value, string Text) taken = terms[at];
        terms.RemoveAt(at);
        return taken;
    }

    private IReadOnlyList<string> Think(string key, int[] numbers, int target, IReadOnlyList<string> direct) => options.Thought switch
    {
        CountdownThought.Direct => direct,
        CountdownThought.Dots when direct.Count > 0 => [new string('.', string.Join(';', direct).Length)],
        CountdownThought.Search when direct.Count > 0 => Search(key, numbers, target, direct),
        _ => [],
    };

    private List<string> Search(string key, int[] numbers, int target, IReadOnlyList<string> direct)
    {
        // The attempts have their own stream, so that the style of the thought never changes the problem.
        SuiteRandom random = new($"search|{key}", (ulong)options.Seed);
        List<string> steps = [];
        for (int attempt = 0; attempt < options.WrongAttempts;)
        {
            if (Reduce(random, numbers) is not { } reduction || reduction.Value == target)
            {
                continue;
            }

            attempt++;
            steps.AddRange(reduction.Steps);
            if (options.Behaviours.HasFlag(CountdownBehaviours.Verification))
            {
                steps.Add(Invariant($"{reduction.Value} is not {target}"));
            }

            if (options.Behaviours.HasFlag(CountdownBehaviours.Backtracking))
            {
                steps.Add("try again");
            }
        }

        steps.AddRange(LookAhead(target, direct));
        steps.AddRange(direct);
        return steps;
    }

    private IEnumerable<string> LookAhead(int target, IReadOnlyList<string> direct)
    {
        string last = direct[^1];
        int at = last.AsSpan().IndexOfAny("+-*/");
        string left = last[..at], right = last[(at + 1)..last.IndexOf('=', StringComparison.Ordinal)];
        if (options.Behaviours.HasFlag(CountdownBehaviours.Subgoal))
        {
            yield return $"aim {left}";
        }

        if (options.Behaviours.HasFlag(CountdownBehaviours.BackwardChaining))
        {
            char inverse = "-+/*"["+-*/".IndexOf(last[at], StringComparison.Ordinal)];
            yield return Invariant($"{target}{inverse}{right}={left}");
        }
    }
}
