using Proximal.Tasks;

namespace Proximal.Tests.Tasks;

public sealed class TaskHintsTests
{
    public static TheoryData<string> Names => Families.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Levels_of_a_tier_are_prefixes_and_the_last_is_all_steps(string family)
    {
        ProceduralTask task = Families.Create(family, 2);
        for (int i = 0; i < 20; i++)
        {
            TaskInstance instance = task.Generate(TaskSplit.Train, i);
            foreach (int first in (int[])[1, 5, 9])
            {
                for (int level = first; level < first + 3; level++)
                {
                    Assert.StartsWith(task.Hint(instance, level)!, task.Hint(instance, level + 1), StringComparison.Ordinal);
                }
            }

            Assert.Equal(string.Join(';', instance.Steps), task.Hint(instance, 12));
        }
    }

    [Fact]
    public void Plan_hides_results_and_numbers_that_the_prompt_does_not_have()
    {
        ProceduralTask task = Families.Create("mod", 3);
        Assert.Equal("8*9=_;_*7=_;9*9=_;_-7=_", task.Hint(task.Generate(TaskSplit.Train, 0), 8));
    }

    [Fact]
    public void Plan_of_a_maze_is_the_axes_of_the_moves()
    {
        ProceduralTask task = Families.Create("maze", 1);
        Assert.Equal("h;h;v;v", task.Hint(task.Generate(TaskSplit.Train, 0), 8));
    }

    [Fact]
    public void Concepts_are_cumulative()
    {
        ProceduralTask task = Families.Create("add", 2);
        TaskInstance instance = task.Generate(TaskSplit.Train, 0);
        Assert.Equal("add column by column", task.Hint(instance, 1));
        Assert.Equal("add column by column; start at the ones; carry is sum over 10; there are 2 carries", task.Hint(instance, 4));
    }

    [Fact]
    public void Prefix_counts_special_tokens_as_one_and_rounds_half_to_even()
    {
        Assert.Equal("<think>a", TaskHints.Prefix("<think>abcd", 0.5));
        Assert.Equal("<think>abcd", TaskHints.Prefix("<think>abcd", 1));
        Assert.Equal("", TaskHints.Prefix("abcd", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TaskHints.Prefix("a", double.NaN));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    public void Levels_outside_the_ladder_are_refused(int level)
    {
        ProceduralTask task = Families.Create("add", 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => task.Hint(task.Generate(TaskSplit.Train, 0), level));
    }
}
