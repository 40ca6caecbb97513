using Proximal.Tasks;

namespace Proximal.Tests.Tasks;

public sealed class RedundantThoughtTests
{
    [Fact]
    public void A_block_repeats_the_last_three_steps_and_the_answer() =>
        Assert.Equal("a;b;c;d=4;wait;b;c;d=4;so 4", string.Join(';', RedundantThought.Extend(["a", "b", "c", "d=4"], "4", 1)));

    [Fact]
    public void What_follows_the_chunk_of_the_first_correct_step_is_not_necessary()
    {
        IReadOnlyList<string> steps = RedundantThought.Extend(["a", "b=4"], "4", 3);
        Assert.Equal(2, RedundantThought.NecessaryCount(steps, 1));
    }

    [Fact]
    public void Redundancy_changes_the_demonstration_and_not_the_problem()
    {
        ProceduralTask plain = Families.Create("mod", 2), redundant = Families.Create("mod", 2, redundancy: 8);
        HashSet<int> blocks = [];
        for (int i = 0; i < 100; i++)
        {
            TaskInstance a = plain.Generate(TaskSplit.Train, i), b = redundant.Generate(TaskSplit.Train, i);
            Assert.Equal(a.Prompt, b.Prompt);
            Assert.Equal(b.Redundancy, redundant.Demonstration(b).Split("wait").Length - 1);
            Assert.True(redundant.Verify(b, new Response(redundant.Demonstration(b))).Correct);
            blocks.Add(b.Redundancy);
        }

        Assert.Equal(9, blocks.Count);
    }
}
