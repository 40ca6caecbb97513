using Proximal.Control.Environments;
using Proximal.Control.Environments.ClassicControl;
using Proximal.Control.Environments.Wrappers;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Tests.Environments.Wrappers;

public sealed class WrapperTests
{
    private static readonly Space Three = new DiscreteSpace(3);

    [Fact]
    public void A_time_limit_truncates_and_keeps_observation_and_metrics_of_the_end()
    {
        using VectorEnvironment copies = new TimeLimit(new CountingEnvironment(5, Three), 3).CreateVector(2);
        StepBatch batch = copies.CreateBatch();
        copies.Reset(1, batch);
        Assert.Equal(3, copies.Specification.MaximumSteps);
        copies.Step([1, 2], batch);
        copies.Step([1, 2], batch);
        Assert.False(batch.Ended(0));
        copies.Step([1, 2], batch);
        Assert.True(batch.Truncated[0] && batch.Truncated[1] && !batch.Terminated[0]);
        Assert.Equal([3f, 1, 3, 2], batch.FinalObservations);
        Assert.Equal([0f, 0, 0, 0], batch.Observations);
        Assert.Equal([3f, 3], batch.Metrics);
        copies.Step([1, 2], batch);
        Assert.False(batch.Ended(0));
        Assert.Equal([1f, 1, 1, 2], batch.Observations);
    }

    [Fact]
    public void An_end_at_the_limit_is_a_termination()
    {
        using VectorEnvironment copies = new TimeLimit(new CountingEnvironment(3, Three), 3).CreateVector(1);
        StepBatch batch = copies.CreateBatch();
        copies.Reset(1, batch);
        for (int step = 0; step < 3; step++)
        {
            copies.Step([1], batch);
        }

        Assert.True(batch.Terminated[0] && !batch.Truncated[0]);
    }

    [Fact]
    public void A_stack_of_the_ended_episode_holds_its_last_frames_and_the_next_one_begins_with_its_first()
    {
        using VectorEnvironment copies = new FrameStack(new CountingEnvironment(4, Three), 3).CreateVector(1);
        StepBatch batch = copies.CreateBatch();
        copies.Reset(1, batch);
        Assert.Equal([0f, 0, 0, 0, 0, 0], batch.Observations);
        copies.Step([1], batch);
        Assert.Equal([0f, 0, 0, 0, 1, 1], batch.Observations);
        copies.Step([2], batch);
        copies.Step([1], batch);
        Assert.Equal([1f, 1, 2, 2, 3, 1], batch.Observations);
        copies.Step([2], batch);
        Assert.True(batch.Terminated[0]);
        Assert.Equal([2f, 2, 3, 1, 4, 2], batch.FinalObservations);
        Assert.Equal([0f, 0, 0, 0, 0, 0], batch.Observations);
        Assert.Equal([4f], batch.Metrics);
    }

    [Fact]
    public void A_limit_around_stacks_and_changed_rewards_leaves_both_right()
    {
        TimeLimit environment = new(new RewardScale(new FrameStack(new ActionSubset(new CountingEnvironment(9, Three, masked: true), 2, 0), 2), 10, 1), 3);
        using VectorEnvironment copies = environment.CreateVector(1);
        StepBatch batch = copies.CreateBatch();
        copies.Reset(1, batch);
        Assert.Equal([false, true], batch.ActionMasks);
        copies.Step([1], batch);
        Assert.Equal([false, false], batch.ActionMasks);
        copies.Step([0], batch);
        Assert.Equal([true, false], batch.ActionMasks);
        copies.Step([0], batch);
        Assert.Equal([21f], batch.Rewards);
        Assert.True(batch.Truncated[0]);
        Assert.Equal([2f, 2, 3, 2], batch.FinalObservations);
        Assert.Equal([0f, 0, 0, 0], batch.Observations);
        Assert.Equal([false, true], batch.ActionMasks);
        Assert.Equal([3f], batch.Metrics);
    }

    [Fact]
    public void Actions_are_clipped_and_rescaled_to_the_box()
    {
        BoxSpace box = new([-2f], [6f]);
        using VectorEnvironment clipped = new ClipAction(new CountingEnvironment(9, box)).CreateVector(3);
        StepBatch batch = clipped.CreateBatch();
        clipped.Reset(1, batch);
        clipped.Step([-7, 1, 9], batch);
        Assert.Equal([-2f, 1, 6], batch.Rewards);
        using VectorEnvironment rescaled = new RescaleAction(new CountingEnvironment(9, box)).CreateVector(3);
        Assert.Equal(new[] { -1f }, ((BoxSpace)rescaled.Specification.Actions).Low.ToArray());
        rescaled.Reset(1, batch);
        rescaled.Step([-1, 0, 1], batch);
        Assert.Equal([-2f, 2, 6], batch.Rewards);
        Assert.Throws<EnvironmentException>(() => rescaled.Step([float.NaN, 0, 0], batch));
    }

    [Fact]
    public void Time_runs_from_minus_a_half_to_a_half()
    {
        using VectorEnvironment copies = new TimeFeature(new TimeLimit(new CountingEnvironment(9, Three), 4)).CreateVector(1);
        StepBatch batch = copies.CreateBatch();
        copies.Reset(1, batch);
        List<float> times = [batch.Observations[2]];
        for (int step = 0; step < 4; step++)
        {
            copies.Step([0], batch);
            times.Add(batch.Ended(0) ? batch.FinalObservations[2] : batch.Observations[2]);
        }

        Assert.Equal([-0.5f, -0.25f, 0, 0.25f, 0.5f], times);
        Assert.Equal(-0.5f, batch.Observations[2]);
    }

    [Fact]
    public void Actions_stick_with_their_probability_but_never_at_the_first_step()
    {
        using VectorEnvironment copies = new StickyAction(new CountingEnvironment(11, new DiscreteSpace(1000)), 0.3).CreateVector(100);
        StepBatch batch = copies.CreateBatch();
        copies.Reset(1, batch);
        float[] actions = new float[100];
        int repeated = 0;
        for (int step = 0; step < 110; step++)
        {
            Array.Fill(actions, step);
            copies.Step(actions, batch);
            foreach (float reward in batch.Rewards)
            {
                repeated += reward != step ? 1 : 0;
                Assert.True(reward == step || step % 11 != 0);
            }
        }

        Assert.InRange(repeated / 10_000.0, 0.28, 0.32);
    }

    [Fact]
    public void The_next_episode_begins_in_a_step_of_its_own_that_ignores_the_action()
    {
        using VectorEnvironment copies = new NextStepReset(new CountingEnvironment(2, Three, masked: true)).CreateVector(1);
        StepBatch batch = copies.CreateBatch();
        List<int> endings = [];
        copies.EpisodeEnding = endings.Add;
        copies.Reset(1, batch);
        copies.Step([0], batch);
        copies.Step([1], batch);
        Assert.True(batch.Terminated[0]);
        Assert.Equal([2f, 1], batch.Observations);
        Assert.Equal([true, true, true], batch.ActionMasks);
        copies.Step([2], batch);
        Assert.False(batch.Ended(0));
        Assert.Equal([0f, 0], batch.Observations);
        Assert.Equal([0f], batch.Rewards);
        Assert.Equal([true, false, false], batch.ActionMasks);
        copies.Step([0], batch);
        Assert.Equal([1f, 0], batch.Observations);
        Assert.Equal([0], endings);
    }

    [Fact]
    public void Rewards_are_divided_by_the_deviation_of_the_discounted_return()
    {
        using VectorEnvironment copies = new NormalizeReward(new CountingEnvironment(3, Three), discount: 0.5).CreateVector(2);
        StepBatch batch = copies.CreateBatch();
        copies.Reset(1, batch);
        copies.Step([1, 2], batch);

        // Returns 1 and 2: mean 1.5, variance 0.25, merged with the beginning (0, 1, weight 0.0001).
        double total = 2.0001, variance = ((1 * 1e-4) + (0.25 * 2) + (1.5 * 1.5 * 1e-4 * 2 / total)) / total;
        Assert.Equal(1 / Math.Sqrt(variance + 1e-8), batch.Rewards[0], 1e-5);
        Assert.Equal(2 / Math.Sqrt(variance + 1e-8), batch.Rewards[1], 1e-5);
        copies.Step([0, 2], batch);

        // Returns 0.5 and 3.
        double mean = 1.5 * 2 / total, distance = 1.75 - mean, next = 4.0001;
        variance = ((variance * total) + (1.5625 * 2) + (distance * distance * total * 2 / next)) / next;
        Assert.Equal(0, batch.Rewards[0]);
        Assert.Equal(2 / Math.Sqrt(variance + 1e-8), batch.Rewards[1], 1e-5);
    }

    [Fact]
    public void Wrapped_copies_saved_within_episodes_go_on_to_the_same_bits_and_allocate_nothing()
    {
        NormalizeReward environment = new(new TimeFeature(new TimeLimit(new FrameStack(new StickyAction(new CartPole(), 0.2), 3), 20)));
        using VectorEnvironment first = environment.CreateVector(5), second = environment.CreateVector(5);
        StepBatch firstBatch = first.CreateBatch(), secondBatch = second.CreateBatch();
        first.Reset(3, firstBatch);
        Play(first, firstBatch, 33);
        using MemoryStream memory = new();
        first.Transfer(StateTransfer.Save(memory));
        memory.Position = 0;
        second.Transfer(StateTransfer.Load(memory, "memory"));
        Play(first, firstBatch, 50);
        Play(second, secondBatch, 50);
        Assert.Equal(firstBatch.Observations, secondBatch.Observations);
        Assert.Equal(firstBatch.Rewards, secondBatch.Rewards);
        Assert.Equal(0, Allocation.Least(() => Play(first, firstBatch, 50)));
        memory.Position = 0;
        Assert.Throws<InvalidDataException>(() => new CartPole().CreateVector(5).Transfer(StateTransfer.Load(memory, "memory")));
    }

    [Fact]
    public void Pictures_are_stacked_along_their_channels()
    {
        BoxSpace stacked = new BoxSpace(new Shape(2, 5, 4), 0, 1).Repeated(3);
        Assert.Equal(6, stacked.Shape[0]);
        Assert.Equal(4, stacked.Shape[2]);
        Assert.Equal(120, stacked.Width);
    }

    [Fact]
    public void Environments_that_do_not_fit_a_wrapper_are_refused_by_name()
    {
        CountingEnvironment discrete = new(3, Three), masked = new(3, Three, masked: true);
        Assert.Contains("counting", Assert.Throws<ArgumentException>(() => new ClipAction(discrete)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new RescaleAction(discrete));
        Assert.Throws<ArgumentException>(() => new RescaleAction(new CountingEnvironment(3, new BoxSpace(new Shape(1)))));
        Assert.Throws<ArgumentException>(() => new StickyAction(masked));
        Assert.Throws<ArgumentException>(() => new TimeFeature(discrete));
        Assert.Throws<ArgumentException>(() => new ActionSubset(discrete, 0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TimeLimit(discrete, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrameStack(discrete, 1));
    }

    private static void Play(VectorEnvironment copies, StepBatch batch, int steps)
    {
        Span<float> actions = stackalloc float[copies.Count];
        for (int step = 0; step < steps; step++)
        {
            for (int copy = 0; copy < actions.Length; copy++)
            {
                actions[copy] = (step + copy) % 3 == 0 ? 1 : 0;
            }

            copies.Step(actions, batch);
        }
    }
}
