using System.Globalization;
using Proximal.Tasks;
using Proximal.Tasks.Families;
using Proximal.Tensors.Random;

namespace Proximal.Tests.Tasks;

public sealed class ProceduralTaskTests
{
    public static TheoryData<string, TaskSplit, int, string, string, string?> Golden => GoldenInstances.All;

    public static TheoryData<string> Names => Families.Names;

    [Theory]
    [MemberData(nameof(Golden))]
    public void Instance_equals_its_golden_vector(string family, TaskSplit split, int difficulty, string prompt, string answer, string? steps)
    {
        TaskInstance instance = Families.Create(family, difficulty).Generate(split, 0);
        Assert.Equal(prompt, instance.Prompt);
        Assert.Equal(answer, instance.Answer);
        Assert.Equal(steps ?? string.Join(';', instance.Steps), string.Join(';', instance.Steps));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Demonstration_is_right_and_well_formed_in_every_style_and_template(string family)
    {
        foreach (ResponseStyle style in Enum.GetValues<ResponseStyle>())
        {
            foreach (PromptTemplate template in PromptTemplate.All.Where(t => t.IsFreeForm || style is ResponseStyle.Reasoned or ResponseStyle.Unreasoned))
            {
                ProceduralTask task = Families.Create(family, 2, style, template.Id);
                for (int i = 0; i < 5; i++)
                {
                    TaskInstance instance = task.Generate(TaskSplit.Train, i);
                    if (instance.Metadata is CountdownMetadata { Solvable: false })
                    {
                        continue;
                    }

                    Response response = new(task.Demonstration(instance));
                    Verdict verdict = task.Verify(instance, response);
                    Assert.True(
                        verdict is { Correct: true, FormatOk: true, Parsed: true, Partial: > 0.999, Error: null },
                        $"{style} {template.Name}: {instance.Prompt} -> {response.Text}: {verdict}");
                    Assert.Equal(1, verdict.Score, 3);
                    Assert.True(family == "chain-sum" || task.FormatScore(response) == 1, $"{template.Name}: {response.Text}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Truncated_demonstration_is_not_well_formed(string family)
    {
        ProceduralTask strict = Families.Create(family, 1), lenient = Families.Create(family, 1, strict: false);
        TaskInstance instance = strict.Generate(TaskSplit.Train, 2);
        Response truncated = new(strict.Demonstration(instance), Ended: false);
        Assert.False(strict.Verify(instance, truncated).FormatOk);
        Assert.False(strict.Verify(instance, truncated).Correct);
        Assert.False(lenient.Verify(instance, truncated).FormatOk);
        Assert.Equal(instance.Answer.Length > 0, lenient.Verify(instance, truncated).Correct);
    }

    [Theory]
    [InlineData("add")]
    [InlineData("mul")]
    [InlineData("rc")]
    [InlineData("cd")]
    [InlineData("wp")]
    [InlineData("mod")]
    public void Steps_evaluate_to_themselves_and_end_at_the_answer(string family)
    {
        for (int difficulty = 1; difficulty <= 6; difficulty++)
        {
            ProceduralTask task = Families.Create(family, difficulty);
            for (int i = 0; i < 50; i++)
            {
                TaskInstance instance = task.Generate(TaskSplit.Train, i);
                int result = 0;
                foreach (string step in instance.Steps)
                {
                    (int value, result) = Evaluate(step);
                    Assert.Equal(family == "mod" ? ((value % 11) + 11) % 11 : value, result);
                }

                string last = family == "cd" ? ((CountdownMetadata)instance.Metadata).Target.ToString(CultureInfo.InvariantCulture) : instance.Answer;
                string end = result.ToString(CultureInfo.InvariantCulture);
                Assert.True(family == "add" ? last.StartsWith(end, StringComparison.Ordinal) : last == end);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Changing_a_character_of_the_answer_never_counts_as_right_unless_it_is(string family)
    {
        for (int difficulty = 1; difficulty <= 3; difficulty++)
        {
            ProceduralTask task = Families.Create(family, difficulty, ResponseStyle.Bare, strict: family != "chain-sum");
            SuiteRandom random = new("mutation", 1);
            for (int i = 0; i < 40; i++)
            {
                TaskInstance instance = task.Generate(TaskSplit.Train, i);
                if (instance.Answer.Length == 0)
                {
                    continue;
                }

                char[] answer = instance.Answer.ToCharArray();
                int at = random.Int(answer.Length);
                answer[at] = random.Pick(SuiteVocabulary.Characters);
                string mutated = new(answer);
                string text = family == "chain-sum" ? "#" + mutated : mutated;
                if (mutated != instance.Answer && task.Verify(instance, new Response(text)).Correct)
                {
                    Assert.True(IsEquivalent(instance, mutated), $"{instance.Prompt}: {mutated}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Splits_share_no_key(string family)
    {
        int draws = family is "zeb" or "maze" or "cd-raw" ? 200 : 2000;
        ProceduralTask task = Families.Create(family, 2);
        foreach (TaskSplit split in Enum.GetValues<TaskSplit>())
        {
            for (int i = 0; i < draws; i++)
            {
                Assert.Equal(split, TaskSplits.Of(task.Generate(split, i).Key));
            }
        }
    }

    [Fact]
    public void Ten_thousand_draws_of_each_split_are_disjoint()
    {
        ProceduralTask task = Families.Create("rc", 2);
        HashSet<string>[] keys = [.. Enum.GetValues<TaskSplit>().Select(split => Enumerable.Range(0, 10_000).Select(i => task.Generate(split, i).Key).ToHashSet())];
        Assert.False(keys[0].Overlaps(keys[1]) || keys[0].Overlaps(keys[2]) || keys[1].Overlaps(keys[2]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Instances_do_not_depend_on_order_or_thread(string family)
    {
        ProceduralTask task = Families.Create(family, 2), other = Families.Create(family, 2);
        string[] forward = [.. Enumerable.Range(0, 16).Select(i => task.Generate(TaskSplit.Test, i).Prompt)];
        string[] parallel = new string[16];
        Parallel.For(0, 16, i => parallel[15 - i] = other.Generate(TaskSplit.Test, 15 - i).Prompt);
        Assert.Equal(forward, parallel);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Verifier_accepts_any_text(string family)
    {
        SuiteRandom random = new("fuzz", 7);
        foreach (ResponseStyle style in Enum.GetValues<ResponseStyle>())
        {
            ProceduralTask task = Families.Create(family, 2, style, strict: false);
            TaskInstance instance = task.Generate(TaskSplit.Train, 0);
            string demonstration = task.Demonstration(instance);
            for (int i = 0; i < 1500; i++)
            {
                string noise = string.Concat(Enumerable.Range(0, random.Int(24)).Select(_ => random.Pick(SuiteVocabulary.All)));
                int cut = random.Int(demonstration.Length + 1);
                string text = random.Int(3) switch
                {
                    0 => noise,
                    1 => demonstration[..cut] + noise + demonstration[cut..],
                    _ => $"<think></think><ans>{noise}</ans>",
                };
                Verdict verdict = task.Verify(instance, new Response(text, random.Int(2) == 0));
                Assert.InRange(verdict.Partial, 0, 1);
                Assert.InRange(verdict.Score, 0, 1);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Verifier_accepts_hostile_text(string family)
    {
        string[] hostile =
        [
            "", "\0", "\ud800",
            "{\"steps\":[],\"answer\":\"\\ud800\"}", new string('(', 200_000), new string('9', 50_000), new string('{', 5_000), "-", "+", "=", ";", ":", "1/0", "((((((1",
            new string(' ', 10_000), string.Concat(Enumerable.Repeat("<ans>", 5_000)), string.Concat(Enumerable.Repeat("1:", 5_000)), string.Concat(Enumerable.Repeat("9*", 120)) + "9",
            "99999999999999999999", "-9223372036854775808", "NaN", "Infinity", "1e999", "٣", "A=K A=K A=K", "D", "9 9 9 9 9 9 9 9 9 9 9 9",
        ];
        foreach (ResponseStyle style in Enum.GetValues<ResponseStyle>())
        {
            ProceduralTask task = Families.Create(family, 2, style, strict: false);
            TaskInstance instance = task.Generate(TaskSplit.Train, 0);
            foreach (string text in hostile)
            {
                Assert.False(task.Verify(instance, new Response(text)).Correct);
                Assert.False(task.Verify(instance, new Response($"<think>{text}</think><ans>{text}</ans>")).Correct);
            }
        }
    }

    [Theory]
    [InlineData("mod", 12, 18, 24, 30, 37, 43)]
    [InlineData("add", 7, 16, 25, 33, 42, 50)]
    [InlineData("rc", 7, 15, 24, 32, 44, 54)]
    [InlineData("kk", 17, 30, 58, 66, 108, 190)]
    [InlineData("maze", 18, 26, 34, 43, 51, 60)]
    [InlineData("zeb", 12, 25, 39, 42)]
    public void Chains_of_thought_grow_with_difficulty_as_measured(string family, params int[] expected)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            int samples = family is "maze" ? 60 : 200;
            ProceduralTask task = Families.Create(family, i + 1);
            double mean = Enumerable.Range(0, samples).Average(k => string.Join(';', task.Generate(TaskSplit.Train, k).Steps).Length);
            Assert.InRange(mean, (0.75 * expected[i]) - 1, (1.25 * expected[i]) + 1);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Symbols_cover_prompts_and_demonstrations(string family)
    {
        foreach (ResponseStyle style in Enum.GetValues<ResponseStyle>())
        {
            ProceduralTask task = Families.Create(family, 2, style, redundancy: 3);
            HashSet<string> symbols = [.. task.Symbols];
            for (int i = 0; i < 50; i++)
            {
                TaskInstance instance = task.Generate(TaskSplit.Train, i);
                foreach (string text in (string[])[instance.Prompt, task.Demonstration(instance)])
                {
                    for (int at = 0; at < text.Length;)
                    {
                        int length = SuiteVocabulary.SymbolLength(text.AsSpan(at));
                        Assert.True(symbols.Contains(text.Substring(at, length)), $"{style}: '{text.Substring(at, length)}' of {text}");
                        at += length;
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("add")]
    [InlineData("zeb")]
    public void Lengths_bound_what_is_generated(string family)
    {
        ProceduralTask task = Families.Create(family, 3);
        for (int i = 100; i < 150; i++)
        {
            TaskInstance instance = task.Generate(TaskSplit.Test, i);
            Assert.True(SuiteVocabulary.CountSymbols(instance.Prompt) <= task.Lengths.Prompt);
            Assert.True(SuiteVocabulary.CountSymbols(task.Demonstration(instance)) <= task.Lengths.Response);
        }
    }

    [Fact]
    public void Impossible_knobs_are_refused_with_key_value_and_range()
    {
        Assert.Equal("'difficulty' is 9, expected 1 to 6", Assert.Throws<ArgumentException>(() => new MazeTask(new ProceduralOptions { Difficulty = 9 })).Message);
        Assert.Equal("'modulus' is 1, expected 3 to 1000", Assert.Throws<ArgumentException>(() => new ModularChainTask(new ModularOptions { Modulus = 1 })).Message);
        Assert.Contains("'operations' is fold", Assert.Throws<ArgumentException>(() => new ListTask(new ListOptions { Operations = ["fold"] })).Message, StringComparison.Ordinal);
        Assert.Contains("'template' is 2", Assert.Throws<ArgumentException>(() => new MazeTask(new ProceduralOptions { Template = 2, Style = ResponseStyle.Bare })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Knobs_that_exclude_everything_are_reported()
    {
        ProceduralTask task = new CountdownTask(new CountdownOptions { Minimum = 1, Maximum = 1 });
        Assert.Throws<InvalidOperationException>(() => task.Generate(TaskSplit.Train, 0));
    }

    private static bool IsEquivalent(TaskInstance instance, string answer) => instance.Metadata switch
    {
        CountdownMetadata countdown => CountdownSolver.SolveAll(countdown.Numbers, countdown.Target).Count > 1,
        MazeMetadata => ReachesGoal(instance.Prompt.Split('/'), answer),
        SubsetSumMetadata => answer.Split(' ').Order().SequenceEqual(instance.Answer.Split(' ').Order()),
        RandomCalculationMetadata => Math.Abs(double.Parse(answer, CultureInfo.InvariantCulture) - double.Parse(instance.Answer, CultureInfo.InvariantCulture)) < 0.2,
        _ => AnswerText.Normalize(answer) == instance.Answer,
    };

    private static bool ReachesGoal(string[] rows, string path)
    {
        int row = 0, column = 0;
        foreach (char move in path)
        {
            row += move == 'D' ? 1 : move == 'U' ? -1 : 0;
            column += move == 'R' ? 1 : move == 'L' ? -1 : 0;
            if (row < 0 || column < 0 || row >= rows.Length || column >= rows.Length || rows[row][column] == '#')
            {
                return false;
            }
        }

        return rows[row][column] == 'G';
    }

    private static (int Value, int Result) Evaluate(string step)
    {
        string[] sides = step.Split('=');
        int at = sides[0].AsSpan(1).IndexOfAny("+-*/") + 1;
        int left = int.Parse(sides[0].AsSpan(0, at), CultureInfo.InvariantCulture);
        string rest = sides[0][(at + 1)..];
        int right = sides[0][at] == '+' ? rest.Split('+').Sum(n => int.Parse(n, CultureInfo.InvariantCulture)) : int.Parse(rest, CultureInfo.InvariantCulture);
        int value = sides[0][at] switch
        {
            '+' => left + right,
            '-' => left - right,
            '*' => left * right,
            _ => left / right,
        };
        return (value, int.Parse(sides[1], CultureInfo.InvariantCulture));
    }
}
