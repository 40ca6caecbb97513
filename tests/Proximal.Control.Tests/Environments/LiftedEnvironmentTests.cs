using Proximal.Control.Environments;
using Proximal.Control.Environments.ClassicControl;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Tests.Environments;

public sealed class LiftedEnvironmentTests
{
    [Fact]
    public void A_step_of_cartpole_equals_the_worked_numbers()
    {
        CartPole environment = new();
        float[] observation = new float[4];
        environment.Reset(1, observation);
        SetState(environment, [0.01, -0.02, 0.03, 0.04]);
        StepOutcome outcome = environment.Step([1], observation);
        Assert.Equal(1, outcome.Reward);
        AssertClose([0.0096f, 0.17467920f, 0.0308f, -0.24306872f], observation);
        SetState(environment, [0.01, -0.02, 0.03, 0.04]);
        environment.Step([0], observation);
        AssertClose([0.0096f, -0.21553902f, 0.0308f, 0.34199522f], observation);
    }

    [Fact]
    public void A_copy_goes_the_same_way_however_many_there_are_and_whoever_steps_them()
    {
        using Workers workers = new(2);
        using VectorEnvironment one = new LiftedEnvironment(new CartPole(), 1), many = new LiftedEnvironment(new CartPole(), 7, workers);
        StepBatch oneBatch = one.CreateBatch(), manyBatch = many.CreateBatch();
        one.Reset(5, oneBatch);
        many.Reset(5, manyBatch);
        int ends = 0;
        for (int step = 0; step < 300; step++)
        {
            Assert.Equal(oneBatch.Observations[..4], manyBatch.Observations[..4]);
            float action = step % 3 == 0 ? 1 : 0;
            one.Step([action], oneBatch);
            many.Step([action, 0, 1, 0, 1, 0, 1], manyBatch);
            Assert.Equal(oneBatch.Terminated[0], manyBatch.Terminated[0]);
            ends += oneBatch.Ended(0) ? 1 : 0;
        }

        Assert.True(ends > 5);
    }

    [Fact]
    public void The_last_observation_of_an_episode_is_kept_when_the_next_one_begins()
    {
        using LiftedEnvironment environment = new(new CartPole(), 1);
        StepBatch batch = environment.CreateBatch();
        environment.Reset(1, batch);
        do
        {
            environment.Step([1], batch);
        }
        while (!batch.Ended(0));

        Assert.True(batch.Terminated[0]);
        Assert.True(Math.Abs(batch.FinalObservations[2]) > 0.2094f);
        Assert.True(Math.Abs(batch.Observations[2]) <= 0.05f);
    }

    [Fact]
    public void An_episode_cut_off_from_outside_is_truncated_and_the_next_one_begins()
    {
        using VectorEnvironment cut = new CartPole().CreateVector(2), whole = new CartPole().CreateVector(2);
        StepBatch batch = cut.CreateBatch(), next = whole.CreateBatch();
        List<int> endings = [];
        cut.EpisodeEnding = endings.Add;
        cut.Reset(1, batch);
        cut.Step([1, 0], batch);
        float[] kept = batch.Observations[..4].ToArray(), ended = batch.Observations[4..].ToArray();
        cut.Truncate(1, batch);
        cut.Truncate(1, batch);
        Assert.Equal([1], endings);
        Assert.True(batch.Truncated[1] && !batch.Terminated[1] && !batch.Ended(0));
        Assert.Equal(ended, batch.FinalObservations[4..]);
        Assert.Equal(kept, batch.Observations[..4]);
        whole.Reset(1, next);
        Assert.NotEqual(next.Observations[4..].ToArray(), batch.Observations[4..].ToArray());
        Assert.All(batch.Observations[4..].ToArray(), value => Assert.InRange(value, -0.05f, 0.05f));
    }

    [Fact]
    public void A_clone_and_a_saved_state_go_on_to_the_same_bits()
    {
        using LiftedEnvironment first = new(new CartPole(), 3), second = new(new CartPole(), 3);
        StepBatch firstBatch = first.CreateBatch(), secondBatch = second.CreateBatch();
        first.Reset(9, firstBatch);
        for (int step = 0; step < 20; step++)
        {
            first.Step([1, 0, 1], firstBatch);
        }

        using MemoryStream memory = new();
        first.Transfer(StateTransfer.Save(memory));
        memory.Position = 0;
        second.Transfer(StateTransfer.Load(memory, "memory"));
        SingleEnvironment clone = first[1].Clone();
        float[] observation = new float[4];
        for (int step = 0; step < 20; step++)
        {
            first.Step([0, 1, 0], firstBatch);
            second.Step([0, 1, 0], secondBatch);
            Assert.Equal(firstBatch.Observations, secondBatch.Observations);
            if (step < 5)
            {
                clone.Step([1], observation);
                Assert.Equal(firstBatch.Observations.Slice(4, 4), observation.AsSpan());
            }
        }
    }

    [Fact]
    public void Faults_name_environment_copy_and_step()
    {
        using LiftedEnvironment cartPole = new(new CartPole(), 3);
        StepBatch batch = cartPole.CreateBatch();
        Assert.Throws<InvalidOperationException>(() => cartPole.Step([0, 0, 0], cartPole.CreateBatch()));
        cartPole.Reset(1, batch);
        Assert.Throws<ArgumentException>(() => cartPole.Step([0, 0], cartPole.CreateBatch()));
        EnvironmentException invalid = Assert.Throws<EnvironmentException>(() => cartPole.Step([0, 0, 2], cartPole.CreateBatch()));
        Assert.Equal("cartpole, copy 2, step 1: the action is 2, expected a whole number from 0 to 1", invalid.Message);

        foreach ((Fault fault, string message) in new[]
        {
            (Fault.Reward, "faulty, copy 1, step 2: the reward is NaN, expected a finite number"),
            (Fault.Observation, "faulty, copy 1, step 2: the observation is NaN at position 0, expected a finite number"),
            (Fault.Exception, "faulty, copy 1, step 2: the environment threw FormatException: broken"),
        })
        {
            using VectorEnvironment faulty = new Faulty(fault).CreateVector(2);
            StepBatch results = faulty.CreateBatch();
            faulty.Reset(1, results);
            faulty.Step([0, 1], results);
            EnvironmentException thrown = Assert.Throws<EnvironmentException>(() => faulty.Step([0, 1], results));
            Assert.Equal(message, thrown.Message);
        }
    }

    [Fact]
    public void A_limit_truncates_and_a_state_of_other_settings_is_refused()
    {
        using VectorEnvironment faulty = new Faulty(Fault.None).CreateVector(1);
        StepBatch results = faulty.CreateBatch();
        faulty.Reset(1, results);
        for (int step = 1; step <= 6; step++)
        {
            faulty.Step([0], results);
            Assert.Equal(step % 3 == 0, results.Truncated[0]);
            Assert.False(results.Terminated[0]);
        }

        using MemoryStream memory = new();
        faulty.Transfer(StateTransfer.Save(memory));
        memory.Position = 0;
        using VectorEnvironment cartPole = new CartPole().CreateVector(1);
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => cartPole.Transfer(StateTransfer.Load(memory, "state.bin")));
        Assert.StartsWith("state.bin: expected the part 'cartpole'", refused.Message, StringComparison.Ordinal);
    }

    private static void SetState(CartPole environment, ReadOnlySpan<double> values)
    {
        using MemoryStream memory = new();
        environment.Transfer(StateTransfer.Save(memory));
        Span<byte> state = memory.GetBuffer().AsSpan(0, (int)memory.Length);
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(values).CopyTo(state[^32..]);
        memory.Position = 0;
        environment.Transfer(StateTransfer.Load(memory, "test"));
    }

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-6f);
        }
    }

    private enum Fault
    {
        None,
        Reward,
        Observation,
        Exception,
    }

    private sealed class Faulty(Fault fault) : SingleEnvironment
    {
        private int count;

        public override EnvironmentSpecification Specification { get; } = new()
        {
            Name = "faulty",
            Observations = new BoxSpace(new Shape(1)),
            Actions = new DiscreteSpace(2),
            MaximumSteps = 3,
        };

        protected override SingleEnvironment NewCopy() => new Faulty(fault);

        protected override void Begin(Span<float> observation)
        {
            count = 0;
            observation[0] = 0;
        }

        protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
        {
            count++;
            bool faulty = count == 2 && action[0] == 1;
            observation[0] = faulty && fault == Fault.Observation ? float.NaN : count;
            return faulty && fault == Fault.Exception
                ? throw new FormatException("broken")
                : new StepOutcome(faulty && fault == Fault.Reward ? double.NaN : 1);
        }

        protected override void TransferState(StateTransfer state) => state.Value(ref count);
    }
}
