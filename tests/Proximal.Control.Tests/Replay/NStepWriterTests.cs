using Proximal.Control.Environments;
using Proximal.Control.Environments.Wrappers;
using Proximal.Control.Replay;
using Proximal.Control.Spaces;
using Proximal.Control.Tests.Environments.Wrappers;

namespace Proximal.Control.Tests.Replay;

public sealed class NStepWriterTests
{
    private readonly ReplayBuffer buffer = new(new ReplayLayout(1, 1), 100);

    [Fact]
    public void Three_rewards_of_1_at_one_half_are_worth_1_75()
    {
        NStepWriter writer = new(buffer, 1, 3, 0.5);
        Walk(writer, 0, 3);
        Assert.Equal(1, buffer.Count);
        Assert.Equal(1.75f, buffer.Rewards[0]);
        Assert.Equal(0.25f, buffer.Continuations[0]);
        Assert.Equal(0, buffer.Observations[0]);
        Assert.Equal(3, buffer.NextObservations[0]);
    }

    [Fact]
    public void Termination_stores_all_that_waits_with_no_value_behind_it()
    {
        NStepWriter writer = new(buffer, 1, 3, 0.5);
        Walk(writer, 0, 4, terminated: true);
        Assert.Equal([1.75f, 1.75f, 1.5f, 1f], buffer.Rewards.ToArray());
        Assert.Equal([0.25f, 0, 0, 0], buffer.Continuations.ToArray());
        Assert.Equal([0f, 1, 2, 3], buffer.Observations.ToArray());
        Assert.Equal([3f, 4, 4, 4], buffer.NextObservations.ToArray());
    }

    [Fact]
    public void Truncation_bootstraps_from_the_final_observation_with_the_steps_that_were_taken()
    {
        NStepWriter writer = new(buffer, 1, 3, 0.5);
        Walk(writer, 0, 4, truncated: true);
        Assert.Equal([0.25f, 0.25f, 0.5f, 1], buffer.Continuations.ToArray());
        Walk(writer, 10, 3);
        Assert.Equal(10, buffer.Observations[4]);
        Assert.Equal(1.75f, buffer.Rewards[4]);
    }

    [Fact]
    public void Legal_actions_after_a_cut_are_those_of_the_final_observation()
    {
        TimeLimit environment = new(new CountingEnvironment(9, new DiscreteSpace(3), masked: true), 2);
        using VectorEnvironment copies = environment.CreateVector(1);
        StepBatch batch = copies.CreateBatch();
        ReplayBuffer masked = new(ReplayLayout.Of(environment.Specification), 2);
        NStepWriter writer = new(masked, 1);
        copies.Reset(1, batch);
        for (int action = 0; action < 2; action++)
        {
            float[] before = batch.Observations.ToArray();
            copies.Step([action], batch);
            writer.Add(before, [action], batch);
        }

        Assert.True(batch.Truncated[0]);
        Assert.Equal([true, false, false], batch.ActionMasks);
        TransitionBatch stored = new(masked.Layout, 2);
        (stored.Indices[0], stored.Indices[1]) = (0, 1);
        masked.Gather(stored);
        Assert.Equal([false, true, false, false, false, true], stored.NextMasks.ToArray());
    }

    [Fact]
    public void One_step_stores_transitions_as_they_are()
    {
        NStepWriter writer = new(buffer, 1, 1, 0.5);
        Walk(writer, 0, 3, terminated: true);
        Assert.Equal([1f, 1, 1], buffer.Rewards.ToArray());
        Assert.Equal([1f, 1, 0], buffer.Continuations.ToArray());
    }

    [Fact]
    public void Copies_do_not_mix_and_a_saved_writer_goes_on()
    {
        NStepWriter writer = new(buffer, 2, 3, 0.5);
        Walk(writer, 0, 2, copy: 0);
        Walk(writer, 50, 2, copy: 1);
        ReplayBuffer other = new(new ReplayLayout(1, 1), 100);
        NStepWriter copy = ReplayBufferTests.Copy(writer, new NStepWriter(other, 2, 3, 0.5));
        foreach (NStepWriter each in new[] { writer, copy })
        {
            Walk(each, 2, 1, copy: 0);
            Walk(each, 52, 1, copy: 1);
        }

        Assert.Equal([0f, 50], buffer.Observations.ToArray());
        Assert.Equal([3f, 53], buffer.NextObservations.ToArray());
        Assert.Equal(buffer.Rewards.ToArray(), other.Rewards.ToArray());
        Assert.Equal(buffer.Observations.ToArray(), other.Observations.ToArray());
    }

    private static void Walk(NStepWriter writer, int from, int steps, bool terminated = false, bool truncated = false, int copy = 0)
    {
        for (int i = 0; i < steps; i++)
        {
            bool last = i == steps - 1;
            writer.Add(copy, [from + i], [0], 1, [from + i + 1], terminated && last, truncated && last);
        }
    }
}
