using Proximal.Tasks;
using Proximal.Tasks.Bandits;

namespace Proximal.Tests.Tasks;

public sealed class BanditTaskTests
{
    [Fact]
    public void Every_context_has_its_correct_arms_whatever_the_end_of_the_response()
    {
        BanditTask task = new(new BanditOptions { Contexts = 12, Arms = 64, Correct = 5 });
        for (int index = 0; index < 24; index++)
        {
            TaskInstance instance = task.Generate(TaskSplit.Test, index);
            Assert.Equal($"{index % 12}:", instance.Prompt);
            int[] right = [.. Enumerable.Range(0, 64).Where(arm => task.Verify(instance, new Response(BanditTask.NameOf(arm), Ended: arm % 2 == 0)).Correct)];
            Assert.Equal(Enumerable.Range(0, 64).Where(arm => task.Correct(index % 12)[arm]), right);
            Assert.Equal(5, right.Length);
            Assert.True(task.Verify(instance, new Response(instance.Answer)).Correct);
        }

        Assert.False(task.Verify(task.Generate(TaskSplit.Train, 0), new Response("ab")).Parsed);
        Assert.False(task.Verify(task.Generate(TaskSplit.Train, 0), new Response(" ")).Parsed);
        Assert.Equal(64 + 11, task.Symbols.Distinct().Count());
        Assert.Equal((3, 1), (task.Lengths.Prompt, task.Lengths.Response));
    }

    [Theory]
    [InlineData(BanditPrior.Zipf, 0.480, 0.240)]
    [InlineData(BanditPrior.Given, 0.25, 0.75)]
    public void Demonstrations_show_the_prior(BanditPrior prior, double first, double second)
    {
        BanditTask task = new(new BanditOptions { Contexts = 2, Arms = 4, Prior = prior, Weights = [1, 3] });
        int[] counts = new int[4];
        for (int i = 0; i < 8000; i++)
        {
            TaskInstance instance = task.Generate(TaskSplit.Train, i);
            BanditMetadata metadata = Assert.IsType<BanditMetadata>(instance.Metadata);
            Assert.Equal(BanditTask.NameOf(metadata.Shown), task.Demonstration(instance));
            counts[task.Ranking(metadata.Context).ToList().IndexOf(metadata.Shown)]++;
        }

        Assert.Equal(first, counts[0] / 8000.0, 0.02);
        Assert.Equal(second, counts[1] / 8000.0, 0.02);
        double[] exact = task.ToTable(1).Probabilities();
        Assert.Equal(first, exact[task.Ranking(1)[0]], 1e-3);
    }

    [Fact]
    public void Every_context_comes_up_in_training_at_whatever_distance_prompts_are_drawn()
    {
        BanditTask task = new(new BanditOptions { Contexts = 16 });
        foreach (int distance in new[] { 1, 16, 1024, 2048 })
        {
            int[] counts = new int[16];
            for (int i = 0; i < 320; i++)
            {
                counts[((BanditMetadata)task.Generate(TaskSplit.Train, 1000 + ((long)i * distance)).Metadata).Context]++;
            }

            Assert.All(counts, count => Assert.InRange(count, 12, 28));
        }
    }

    [Fact]
    public void A_context_is_a_table_with_the_same_arms()
    {
        BanditTask task = new(new BanditOptions { Arms = 6, Correct = 3 });
        TabularBandit table = task.ToTable(2);
        Assert.Equal(task.Correct(2).Select(c => c ? 1.0 : 0), table.Rewards.ToArray());
        Assert.Equal(1, table.ExpectedReward, 1e-12);
        Assert.NotEqual(task.Correct(2), task.Correct(3));
        Assert.NotEqual(task.Ranking(2), task.Ranking(3));
    }

    [Fact]
    public void In_aligned_contexts_the_likeliest_arms_are_correct()
    {
        BanditTask task = new(new BanditOptions { Contexts = 400, Arms = 16, Correct = 2, Aligned = 0.75 });
        Assert.Equal(0.75, Enumerable.Range(0, 400).Average(context => task.Ranking(context).Take(2).All(arm => task.Correct(context)[arm]) ? 1.0 : 0), 0.05);
    }

    [Fact]
    public void Impossible_options_are_named()
    {
        Assert.Equal("'correct' is 9, expected 1 to 8", Assert.Throws<ArgumentException>(() => new BanditTask(new BanditOptions { Correct = 9 })).Message);
        Assert.Equal("'weights' is , expected numbers of at least 0, one of them above 0", new BanditOptions { Prior = BanditPrior.Given }.FindFault());
    }
}
