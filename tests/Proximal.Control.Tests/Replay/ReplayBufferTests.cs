using Proximal.Control.Replay;
using Proximal.Control.State;
using Proximal.Tensors.Random;

namespace Proximal.Control.Tests.Replay;

public sealed class ReplayBufferTests
{
    private static readonly ReplayLayout Layout = new(2, 1, 3);

    [Fact]
    public void The_oldest_transition_gives_way_to_the_newest()
    {
        ReplayBuffer buffer = Filled(new ReplayBuffer(Layout, 4), 6);
        Assert.Equal(4, buffer.Count);
        Assert.Equal([4f, 5f, 2f, 3f], buffer.Rewards.ToArray());
        Assert.Equal([4f, 4.5f, 5f, 5.5f, 2f, 2.5f, 3f, 3.5f], buffer.Observations.ToArray());
    }

    [Fact]
    public void A_draw_holds_whole_transitions_and_follows_the_stream_alone()
    {
        ReplayBuffer buffer = Filled(new ReplayBuffer(Layout, 10), 10);
        TransitionBatch first = new(Layout, 64), second = new(Layout, 64);
        buffer.Sample(Stream(1), first);
        buffer.Sample(Stream(2), second);
        Assert.NotEqual(first.Indices.ToArray(), second.Indices.ToArray());
        buffer.Sample(Stream(1), second);
        Assert.Equal(first.Indices.ToArray(), second.Indices.ToArray());
        for (int i = 0; i < first.Count; i++)
        {
            float number = first.Indices[i];
            Assert.Equal(number, first.Rewards[i]);
            Assert.Equal(number, first.Observations[2 * i]);
            Assert.Equal(number + 1, first.NextObservations[2 * i]);
            Assert.Equal(-number, first.Actions[i]);
            Assert.Equal(number % 2, first.Continuations[i]);
            Assert.Equal([number == 0, true, false], first.NextMasks.Slice(3 * i, 3).ToArray());
            Assert.Equal(1, first.Weights[i]);
        }
    }

    [Fact]
    public void A_draw_is_uniform()
    {
        ReplayBuffer buffer = Filled(new ReplayBuffer(Layout, 10), 10);
        TransitionBatch batch = new(Layout, 20_000);
        buffer.Sample(Stream(3), batch);
        int[] counts = new int[10];
        foreach (int index in batch.Indices)
        {
            counts[index]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 1800, 2200));
    }

    [Fact]
    public void A_saved_buffer_continues_as_if_it_had_never_been_saved()
    {
        ReplayBuffer buffer = Filled(new ReplayBuffer(Layout, 4), 6);
        ReplayBuffer copy = Copy(buffer, new ReplayBuffer(Layout, 4));
        Filled(buffer, 3);
        Filled(copy, 3);
        TransitionBatch first = new(Layout, 16), second = new(Layout, 16);
        buffer.Sample(Stream(1), first);
        copy.Sample(Stream(1), second);
        Assert.Equal(first.Observations.ToArray(), second.Observations.ToArray());
        Assert.Equal(first.NextMasks.ToArray(), second.NextMasks.ToArray());
    }

    [Fact]
    public void A_state_of_another_capacity_is_refused()
    {
        ReplayBuffer buffer = Filled(new ReplayBuffer(Layout, 4), 4);
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Copy(buffer, new ReplayBuffer(Layout, 3)));
        Assert.Contains("holds 3 transitions; the state has 4", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Drawing_from_nothing_and_storing_rows_of_another_width_are_refused()
    {
        ReplayBuffer buffer = new(Layout, 4);
        Assert.Throws<InvalidOperationException>(() => buffer.Sample(Stream(1), new TransitionBatch(Layout, 1)));
        Assert.Throws<ArgumentException>(() => buffer.Add([1], [1], 0, [1, 2], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReplayBuffer(new ReplayLayout(1 << 20, 1), 1 << 20));
    }

    [Fact]
    public void Priorities_of_exponent_0_draw_uniformly_with_weights_1()
    {
        PrioritizedReplayBuffer buffer = new(Layout, 10, alpha: 0, beta: 0.7);
        Filled(buffer, 10);
        buffer.UpdatePriorities([0, 1, 2], [100, 0, 3]);
        TransitionBatch batch = new(Layout, 1000);
        buffer.Sample(Stream(1), batch);
        Assert.All(batch.Weights.ToArray(), weight => Assert.Equal(1, weight));
        Assert.All(Enumerable.Range(0, 10), index => Assert.Equal(0.1, buffer.Probability(index), 12));
        Assert.Equal(100, batch.Indices.ToArray().Count(index => index == 4));
    }

    [Fact]
    public void Probabilities_and_weights_follow_the_paper()
    {
        PrioritizedReplayBuffer buffer = new(Layout, 8, alpha: 0.5, beta: 0.4);
        Filled(buffer, 3);
        buffer.UpdatePriorities([0, 1, 2], [1, -4, 9]);
        double[] roots = [Math.Sqrt(1 + 1e-6), Math.Sqrt(4 + 1e-6), Math.Sqrt(9 + 1e-6)];
        double sum = roots.Sum();
        Assert.All(Enumerable.Range(0, 3), index => Assert.Equal(roots[index] / sum, buffer.Probability(index), 12));
        TransitionBatch batch = new(Layout, 600);
        buffer.Sample(Stream(1), batch);
        double largest = Math.Pow(3 * roots[0] / sum, -0.4);
        for (int i = 0; i < batch.Count; i++)
        {
            int index = batch.Indices[i];
            Assert.Equal(Math.Pow(3 * roots[index] / sum, -0.4) / largest, batch.Weights[i], 6);
        }

        Assert.Equal([100, 200, 300], Enumerable.Range(0, 3).Select(index => batch.Indices.ToArray().Count(i => i == index)).Select(count => (int)Math.Round(count / 2.0) * 2));
    }

    [Fact]
    public void A_new_transition_has_the_largest_priority_seen()
    {
        PrioritizedReplayBuffer buffer = new(Layout, 4, alpha: 1);
        Filled(buffer, 2);
        buffer.UpdatePriorities([0, 1], [7, 1]);
        Filled(buffer, 1);
        Assert.Equal(buffer.Probability(0), buffer.Probability(2), 12);
    }

    [Fact]
    public void A_saved_prioritized_buffer_draws_the_same()
    {
        PrioritizedReplayBuffer buffer = new(Layout, 5, alpha: 0.6), copy = new(Layout, 5, alpha: 0.6);
        Filled(buffer, 4);
        buffer.UpdatePriorities([0, 2], [3, 0.5f]);
        buffer.Beta = 0.9;
        Copy(buffer, copy);
        Filled(buffer, 3);
        Filled(copy, 3);
        TransitionBatch first = new(Layout, 32), second = new(Layout, 32);
        buffer.Sample(Stream(1), first);
        copy.Sample(Stream(1), second);
        Assert.Equal(first.Indices.ToArray(), second.Indices.ToArray());
        Assert.Equal(first.Weights.ToArray(), second.Weights.ToArray());
    }

    [Fact]
    public void Errors_that_are_not_finite_are_refused()
    {
        PrioritizedReplayBuffer buffer = new(Layout, 4);
        Filled(buffer, 2);
        Assert.Throws<ArgumentException>(() => buffer.UpdatePriorities([0], [float.NaN]));
        Assert.Throws<ArgumentException>(() => buffer.UpdatePriorities([2], [1]));
    }

    [Fact]
    public void Storing_and_drawing_allocate_nothing()
    {
        PrioritizedReplayBuffer buffer = new(Layout, 100);
        NStepWriter writer = new(buffer, 1, 3);
        TransitionBatch batch = new(Layout, 8);
        void Step()
        {
            writer.Add(0, [1, 2], [1], 1, [2, 3], terminated: false, truncated: false);
            if (buffer.Count > 0)
            {
                buffer.Sample(Stream(1), batch);
                buffer.UpdatePriorities(batch.Indices, batch.Rewards);
            }
        }

        for (int i = 0; i < 200; i++)
        {
            Step();
        }

        Assert.Equal(0, Allocation.Least(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                Step();
            }
        }));
    }

    internal static RandomStream Stream(long step) => new(9, RandomPurpose.Replay, step);

    internal static T Copy<T>(T from, T to)
        where T : IStateful
    {
        using MemoryStream memory = new();
        from.Transfer(StateTransfer.Save(memory));
        memory.Position = 0;
        to.Transfer(StateTransfer.Load(memory, "memory"));
        return to;
    }

    private static ReplayBuffer Filled(ReplayBuffer buffer, int count)
    {
        for (int i = 0; i < count; i++)
        {
            buffer.Add([i, i + 0.5f], [-i], i, [i + 1, i + 1.5f], i % 2, [i == 0, true, false]);
        }

        return buffer;
    }
}
