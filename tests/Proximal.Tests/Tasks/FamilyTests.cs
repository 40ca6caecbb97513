using Proximal.Tasks;
using Proximal.Tasks.Families;

namespace Proximal.Tests.Tasks;

public sealed class FamilyTests
{
    [Fact]
    public void Countdown_solver_finds_the_only_solution_up_to_commutation()
    {
        Assert.Equal("(7*3)+8", Assert.Single(CountdownSolver.SolveAll([3, 7, 8], 29)));
        Assert.Null(CountdownSolver.SolveFirst([1, 1], 50));
    }

    [Fact]
    public void Countdown_solver_solves_what_the_generator_draws()
    {
        ProceduralTask task = Families.Create("cd", 3);
        for (int i = 0; i < 20; i++)
        {
            TaskInstance instance = task.Generate(TaskSplit.Train, i);
            CountdownMetadata metadata = (CountdownMetadata)instance.Metadata;
            string? solution = CountdownSolver.SolveFirst(metadata.Numbers, metadata.Target);
            Assert.NotNull(solution);
            Assert.True(task.Verify(instance, new Response($"<think></think><ans>{solution}</ans>")).Correct);
        }
    }

    [Fact]
    public void Countdown_raw_mode_has_unsolvable_instances()
    {
        ProceduralTask task = Families.Create("cd-raw", 2);
        Assert.Contains(Enumerable.Range(0, 60), i => task.Generate(TaskSplit.Train, i).Metadata is CountdownMetadata { Solvable: false });
        Assert.Contains(Enumerable.Range(0, 60), i => task.Generate(TaskSplit.Train, i).Metadata is CountdownMetadata { Solvable: true });
    }

    [Theory]
    [InlineData("(9+5)+4", true, true)]
    [InlineData("4 + 5 + 9", true, true)]
    [InlineData("9+9", false, false)]
    [InlineData("9*(5-4+1)", false, false)]
    [InlineData("(9+5+4", false, false)]
    [InlineData("9+5+4)", false, false)]
    [InlineData("9/0", false, false)]
    public void Countdown_accepts_any_expression_of_the_numbers(string answer, bool strict, bool lenient)
    {
        // The numbers are 9, 4, 5 and the target is 18.
        Assert.Equal(strict, Judge(new CountdownOptions { Difficulty = 2, Style = ResponseStyle.Bare }, answer));
        Assert.Equal(lenient, Judge(new CountdownOptions { Difficulty = 2, Style = ResponseStyle.Bare, Strict = false }, answer));

        static bool Judge(CountdownOptions options, string answer)
        {
            CountdownTask task = new(options);
            return task.Verify(task.Generate(TaskSplit.Train, 0), new Response(answer)).Correct;
        }
    }

    [Fact]
    public void Countdown_search_shows_the_chosen_behaviours()
    {
        CountdownBehaviours all = CountdownBehaviours.Verification | CountdownBehaviours.Backtracking | CountdownBehaviours.Subgoal | CountdownBehaviours.BackwardChaining;
        CountdownTask direct = new(new CountdownOptions { Difficulty = 2 });
        CountdownTask search = new(new CountdownOptions { Difficulty = 2, Thought = CountdownThought.Search, Behaviours = all });
        CountdownTask dots = new(new CountdownOptions { Difficulty = 2, Thought = CountdownThought.Dots });
        TaskInstance plain = direct.Generate(TaskSplit.Train, 0), searched = search.Generate(TaskSplit.Train, 0);
        Assert.Equal(plain.Prompt, searched.Prompt);
        Assert.Equal(2, searched.Steps.Count(step => step.EndsWith("is not 18", StringComparison.Ordinal)));
        Assert.Equal(2, searched.Steps.Count(step => step == "try again"));
        Assert.Equal(["aim 14", "18-4=14", "9+5=14", "14+4=18"], searched.Steps.TakeLast(4));
        Assert.Equal(new string('.', "9+5=14;14+4=18".Length), Assert.Single(dots.Generate(TaskSplit.Train, 0).Steps));
    }

    [Fact]
    public void Addition_has_at_least_the_carries_asked_for()
    {
        AdditionTask task = new(new AdditionOptions { Difficulty = 3, MinimumCarries = 3 });
        Assert.All(Enumerable.Range(0, 50), i => Assert.Equal(3, ((AdditionMetadata)task.Generate(TaskSplit.Train, i).Metadata).Carries));
    }

    [Fact]
    public void Addition_gives_dense_credit_for_digits_from_the_right()
    {
        AdditionTask task = new(new AdditionOptions { Difficulty = 2, Style = ResponseStyle.Bare });
        TaskInstance instance = task.Generate(TaskSplit.Train, 0);
        Assert.Equal(2 / 3.0, task.Verify(instance, new Response("244")).Partial);
        Assert.False(task.Verify(instance, new Response("0144")).Parsed);
    }

    [Fact]
    public void Modular_chain_gives_dense_credit_for_the_right_prefix_of_steps()
    {
        ProceduralTask task = Families.Create("mod", 3);
        Verdict verdict = task.Verify(task.Generate(TaskSplit.Train, 0), new Response("<think>8*9=6;6*7=9;9*9=5</think><ans>1</ans>"));
        Assert.Equal(0.5, verdict.Partial);
        Assert.False(verdict.Correct);
    }

    [Fact]
    public void Modular_graph_works_out_only_what_is_needed()
    {
        ModularGraphTask task = new(new ModularGraphOptions { Difficulty = 4, Distractors = 3 });
        for (int i = 0; i < 50; i++)
        {
            TaskInstance instance = task.Generate(TaskSplit.Train, i);
            int definitions = instance.Prompt.Count(c => c == '=') - 1;
            Assert.Equal(9, definitions);
            Assert.InRange(instance.Steps.Count, 1, 6);
            Assert.EndsWith($"={instance.Answer}", instance.Steps[^1], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(10, 10, 1)]
    [InlineData(10.5, 10, 0.725)]
    [InlineData(0, 10, 0)]
    public void Continuous_reward_falls_with_the_distance(double answer, double value, double expected) =>
        Assert.Equal(expected, RandomCalculationTask.ContinuousReward(answer, value), 5);

    [Fact]
    public void Full_calculations_work_at_any_length()
    {
        RandomCalculationTask task = new(new RandomCalculationOptions { Full = true, Difficulty = 20 });
        TaskInstance instance = task.Generate(TaskSplit.Train, 0);
        Assert.Equal(20, instance.Steps.Count);
        Assert.Equal(1, task.Verify(instance, new Response(task.Demonstration(instance))).Score, 5);
    }

    [Fact]
    public void Maze_rates_detours_and_partial_paths()
    {
        ProceduralTask task = Families.Create("maze", 2, ResponseStyle.Bare);
        TaskInstance instance = task.Generate(TaskSplit.Train, 0);
        Verdict detour = task.Verify(instance, new Response("RLRDDRRD")), wall = task.Verify(instance, new Response("RDDRU"));
        Assert.True(detour.Correct);
        Assert.Equal(0.75, ((MazeTask)task).PathQuality(instance, detour));
        Assert.False(wall.Correct);
        Assert.True(wall.Partial > 0);
        Assert.Equal(0, task.Verify(instance, new Response("U")).Partial);
    }

    [Theory]
    [InlineData("{\"ok\": true, \"name\": \"tom\"}", 1, true)]
    [InlineData("{\"name\":\"tom\",\"ok\":false}", 0.75, false)]
    [InlineData("{\"name\":\"tom\",\"ok\":\"true\"}", 0.45, false)]
    [InlineData("{\"name\":\"tom\"}", 0.45, false)]
    [InlineData("{\"name\":\"tom\",\"ok\":true,\"ok\":true}", 0, false)]
    [InlineData("{\"name\":\"tom\",\"ok\":true} x", 0, false)]
    [InlineData("[]", 0, false)]
    public void Structured_answers_are_scored_by_parse_schema_and_values(string answer, double score, bool correct)
    {
        ProceduralTask task = Families.Create("json", 1, ResponseStyle.Bare);
        Verdict verdict = task.Verify(task.Generate(TaskSplit.Train, 0), new Response(answer));
        Assert.Equal(score, verdict.Score, 10);
        Assert.Equal(correct, verdict.Correct);
    }

    [Fact]
    public void Perturbed_word_problems_keep_structure_key_and_split()
    {
        WordProblemTask plain = new(new WordProblemOptions { Difficulty = 3 });
        WordProblemTask changed = new(new WordProblemOptions { Difficulty = 3, PerturbName = true, PerturbObject = true, PerturbNumbers = true });
        for (int i = 0; i < 30; i++)
        {
            TaskInstance a = plain.Generate(TaskSplit.Train, i), b = changed.Generate(TaskSplit.Train, i);
            Assert.Equal(a.Key, b.Key);
            Assert.NotEqual(a.Prompt, b.Prompt);
            Assert.Equal(Shape(a), Shape(b));
        }

        static string Shape(TaskInstance instance) => string.Concat(instance.Steps.SelectMany(step => step.Where(c => "+-*/".Contains(c, StringComparison.Ordinal))));
    }

    [Fact]
    public void Distractors_lengthen_the_prompt_and_not_the_answer()
    {
        WordProblemTask plain = new(new WordProblemOptions { Difficulty = 2 }), distracted = new(new WordProblemOptions { Difficulty = 2, DistractorProbability = 1 });
        TaskInstance a = plain.Generate(TaskSplit.Train, 0), b = distracted.Generate(TaskSplit.Train, 0);
        Assert.Equal(a.Answer, b.Answer);
        Assert.True(b.Prompt.Length > a.Prompt.Length);
    }

    [Fact]
    public void Chain_sum_counts_only_the_final_number_and_grades_the_running_sums()
    {
        ChainSumTask task = new(new ChainSumOptions { Difficulty = 2 });
        TaskInstance instance = task.Generate(TaskSplit.Train, 0);
        Verdict guess = task.Verify(instance, new Response($"#{instance.Answer}"));
        Assert.True(guess is { Correct: true, FormatOk: true, Partial: 0 });
        Assert.Equal(1, task.Verify(instance, new Response(task.Demonstration(instance))).Partial);
        Assert.Equal($"{instance.Steps[0]},{instance.Steps[1]}#{instance.Answer}", task.Demonstration(instance));
    }

    [Fact]
    public void Some_chain_sums_loop_when_they_should_teach_loops()
    {
        ChainSumTask task = new(new ChainSumOptions { Difficulty = 9, Loops = 0.3 });
        string[] shown = [.. Enumerable.Range(0, 400).Select(i => task.Demonstration(task.Generate(TaskSplit.Train, i)))];

        Assert.InRange(shown.Count(text => !text.Contains('#', StringComparison.Ordinal)) / 400.0, 0.24, 0.36);
        Assert.All(shown.Where(text => !text.Contains('#', StringComparison.Ordinal)), text =>
        {
            string[] sums = text.Split(',');
            Assert.Equal(sums[^4..^2], sums[^2..]);
            Assert.InRange(text.Length, 50, 95);
        });
    }

    [Fact]
    public void Zebra_of_the_largest_size_is_drawn_and_solved()
    {
        ProceduralTask task = Families.Create("zeb", 6);
        TaskInstance instance = task.Generate(TaskSplit.Train, 0);
        Assert.EndsWith(" n1", instance.Steps[^1], StringComparison.Ordinal);
        Assert.True(task.Verify(instance, new Response(task.Demonstration(instance))).Correct);
    }

    [Fact]
    public void A_task_can_be_two_functions()
    {
        DelegateTask task = new("parity", "0123456789eo", number => ($"{number % 100_000}", number % 2 == 0 ? "e" : "o"));
        TaskInstance instance = task.Generate(TaskSplit.Test, 3);
        Assert.Equal(TaskSplit.Test, TaskSplits.Of(instance.Key));
        Assert.True(task.Verify(instance, new Response(task.Demonstration(instance))).Correct);
        Assert.False(task.Verify(instance, new Response(task.Demonstration(instance), Ended: false)).Correct);
        Assert.InRange(task.Lengths.Prompt, 5, 7);
    }
}
