using Proximal.Tasks;
using Proximal.Tensors.Random;

namespace Proximal.Tests.Tasks;

public sealed class UniformPromptsTests
{
    [Theory]
    [InlineData(12, 4)]
    [InlineData(10, 4)]
    [InlineData(3, 7)]
    public void Every_problem_comes_once_in_a_pass(int size, int count)
    {
        long[] drawn = Draw(new UniformPrompts(new Numbers(size)), seed: 1, steps: 5 * size, count);
        long[][] passes = [.. drawn.Chunk(size).Where(pass => pass.Length == size)];
        Assert.True(passes.Length >= 5);
        Assert.All(passes, pass => Assert.Equal(Enumerable.Range(0, size).Select(i => (long)i), pass.Order()));
        Assert.True(passes.Select(pass => string.Join(' ', pass)).Distinct().Count() > 1);
    }

    [Theory]
    [InlineData(12, 4)]
    [InlineData(10, 4)]
    [InlineData(50, 3)]
    public void Every_problem_comes_once_in_a_pass_when_steps_have_several_rounds(int size, int count)
    {
        UniformPrompts prompts = new(new Numbers(size));
        List<long> drawn = [];
        for (int step = 0; step < 60; step++)
        {
            for (int round = 0; round <= step * step % 5; round++)
            {
                drawn.AddRange(Indices(prompts, 1, step, round, count));
            }
        }

        long[][] passes = [.. drawn.Chunk(size).Where(pass => pass.Length == size)];
        Assert.True(passes.Length >= 5);
        Assert.All(passes, pass => Assert.Equal(Enumerable.Range(0, size).Select(i => (long)i), pass.Order()));
    }

    [Fact]
    public void A_resumed_source_goes_on_where_the_other_stood()
    {
        UniformPrompts through = new(new Numbers(10));
        Dictionary<string, double[]> state = [];
        through.Save(state);
        for (int step = 0; step < 20; step++)
        {
            UniformPrompts resumed = new(new Numbers(10));
            resumed.Load(state);
            for (int round = 0; round < 1 + (step % 3); round++)
            {
                Assert.Equal(Indices(through, 5, step, round, 4), Indices(resumed, 5, step, round, 4));
            }

            through.Save(state);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(1e300)]
    public void A_state_that_counts_no_prompts_is_refused(double number) =>
        Assert.Throws<InvalidDataException>(() => new UniformPrompts(new Numbers(10)).Load(new Dictionary<string, double[]> { ["drawn"] = [1, number, 4] }));

    [Fact]
    public void Seeds_rounds_and_purposes_have_orders_of_their_own()
    {
        Numbers task = new(1000);
        UniformPrompts prompts = new(task);
        long[][] orders =
        [
            Indices(prompts, 1, 0, 0, 1000), Indices(prompts, 2, 0, 0, 1000), Indices(prompts, 1, 0, 1, 1000), Indices(prompts, 1, 1, 0, 1000),
            Indices(new UniformPrompts(task, RandomPurpose.Demonstrations), 1, 0, 0, 1000),
        ];
        Assert.Equal(orders.Length, orders.Select(order => string.Join(' ', order)).Distinct().Count());
        Assert.All(orders, order => Assert.Equal(1000, order.Distinct().Count()));
    }

    [Fact]
    public void An_endless_split_never_repeats_a_problem()
    {
        UniformPrompts prompts = new(new Numbers(null));
        HashSet<long> seen = [];
        for (int step = 0; step < 30; step++)
        {
            for (int round = 0; round < 64; round++)
            {
                Assert.All(Indices(prompts, 9, step, round, 5), index => Assert.True(seen.Add(index)));
            }
        }

        Assert.NotEqual(Indices(prompts, 9, 0, 0, 5), Indices(prompts, 10, 0, 0, 5));
    }

    [Fact]
    public void A_split_too_large_to_shuffle_is_drawn_from_evenly()
    {
        const long Size = 1L << 40;
        long[] drawn = Draw(new UniformPrompts(new Numbers(Size)), seed: 3, steps: 250, count: 16);
        Assert.Equal(drawn.Length, drawn.Distinct().Count());
        Assert.InRange(drawn.Average(index => (double)index / Size), 0.48, 0.52);
    }

    [Fact]
    public void Only_problems_of_the_training_split_are_drawn() =>
        Assert.All(new UniformPrompts(new Numbers(10)).Next(1, 0, 0, 30), instance => Assert.Equal(TaskSplit.Train, instance.Split));

    private static long[] Draw(UniformPrompts prompts, ulong seed, int steps, int count) =>
        [.. Enumerable.Range(0, steps).SelectMany(step => Indices(prompts, seed, step, 0, count))];

    private static long[] Indices(UniformPrompts prompts, ulong seed, int step, int round, int count) =>
        [.. prompts.Next(seed, step, round, count).Select(instance => instance.Index)];

    /// <summary>A task whose problems are their indices.</summary>
    private sealed class Numbers(long? size) : ITask
    {
        public string Name => "numbers";

        public IReadOnlyList<string> Symbols => [];

        public long? Count(TaskSplit split) => size;

        public TaskInstance Generate(TaskSplit split, long index) =>
            new() { Family = Name, Split = split, Index = index, Key = $"{index}", Prompt = $"{index}", Answer = "" };

        public Verdict Verify(TaskInstance instance, Response response) => throw new NotSupportedException();

        public string Demonstration(TaskInstance instance) => "";
    }
}
