using Proximal.Tasks;
using Proximal.Tasks.Families;

namespace Proximal.Tests.Tasks;

public sealed class DigitCompletionTaskTests
{
    private readonly DigitCompletionTask task = new(new DigitCompletionOptions());

    [Fact]
    public void A_thousand_prompts_are_split_without_a_common_text()
    {
        Assert.Equal(800, task.Count(TaskSplit.Train));
        Assert.Equal(0, task.Count(TaskSplit.Validation));
        Assert.Equal(200, task.Count(TaskSplit.Test));
        Assert.Empty(Prompts(TaskSplit.Train).Intersect(Prompts(TaskSplit.Test)));
    }

    [Fact]
    public void Another_seed_is_another_split()
    {
        DigitCompletionTask other = new(new DigitCompletionOptions { Seed = 7 });
        Assert.NotEqual(Prompts(TaskSplit.Test), Enumerable.Range(0, 200).Select(i => other.Generate(TaskSplit.Test, i).Prompt));
    }

    [Fact]
    public void With_repeats_the_list_is_divided_as_it_is()
    {
        DigitCompletionTask repeats = new(new DigitCompletionOptions { Repeats = true });
        string[] train = [.. Prompts(repeats, TaskSplit.Train)];
        string[] test = [.. Prompts(repeats, TaskSplit.Test)];
        Assert.Equal((800, 200), (train.Length, test.Length));
        Assert.NotEmpty(train.Intersect(test));
        Assert.Equal(
            Prompts(TaskSplit.Train).Concat(Prompts(TaskSplit.Test)).Order(StringComparer.Ordinal), train.Concat(test).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("1,3:9,3", "5,7,0")]
    [InlineData("9,2:9,2", "4,6")]
    [InlineData("4,2:9,4", "0,7,5,3")]
    public void Answer_continues_the_sequence(string prompt, string expected) => Assert.Equal(expected, Find(prompt).Answer);

    [Theory]
    [InlineData("5,7,0", true, 1)]
    [InlineData("5,7,0", false, 5 / 6.0)]
    [InlineData("5,7,0,2", true, 5 / 6.0)]
    [InlineData("5,8,0", true, 2 / 6.0)]
    [InlineData("5,7", true, 3 / 6.0)]
    [InlineData("", true, 0)]
    public void Credit_is_the_share_of_characters_before_the_first_mismatch(string text, bool ended, double expected)
    {
        Verdict verdict = task.Verify(Find("1,3:9,3"), new Response(text, ended));
        Assert.Equal(expected, verdict.Partial, 12);
        Assert.Equal(expected == 1, verdict.Correct);
    }

    [Fact]
    public void Nothing_to_complete_is_answered_by_ending()
    {
        TaskInstance instance = Find("1,3:9,0");
        Assert.Equal(1, task.Verify(instance, new Response("")).Partial);
        Assert.Equal(0, task.Verify(instance, new Response("", Ended: false)).Partial);
    }

    private IEnumerable<string> Prompts(TaskSplit split) => Prompts(task, split);

    private static IEnumerable<string> Prompts(DigitCompletionTask task, TaskSplit split) =>
        Enumerable.Range(0, (int)task.Count(split)!).Select(i => task.Generate(split, i).Prompt);

    private TaskInstance Find(string prompt) =>
        new[] { TaskSplit.Train, TaskSplit.Test }
            .SelectMany(split => Enumerable.Range(0, (int)task.Count(split)!).Select(i => task.Generate(split, i)))
            .First(instance => instance.Prompt == prompt);
}
