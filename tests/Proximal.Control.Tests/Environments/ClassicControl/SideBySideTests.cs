using Proximal.Control.Environments;
using Proximal.Control.Environments.ClassicControl;
using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Tests.Environments.ClassicControl;

public sealed class SideBySideTests
{
    public static TheoryData<string, int> Cases { get; } = Product();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Copies_side_by_side_give_the_bits_of_copies_one_by_one(string name, int lanes)
    {
        const int Count = 61;
        using Workers workers = new(2);
        using VectorEnvironment together = Create(name, 1031, lanes, workers);
        using LiftedEnvironment apart = new(ClassicControlTests.Create(name), Count);
        StepBatch togetherBatch = together.CreateBatch(), apartBatch = apart.CreateBatch();
        EnvironmentSpecification specification = apart.Specification;
        int width = specification.Observations.Width;
        float[] actions = new float[1031];
        EpisodeRandom random = new(5);
        int ends = 0;
        List<int> endings = [], expectedEndings = [];
        together.EpisodeEnding = copy =>
        {
            lock (endings)
            {
                endings.Add(copy);
            }
        };
        apart.EpisodeEnding = expectedEndings.Add;
        together.Reset(7, togetherBatch);
        apart.Reset(7, apartBatch);
        for (int step = 0; step < 1100; step++)
        {
            Assert.Equal(apartBatch.Observations, togetherBatch.Observations[..(Count * width)]);
            for (int i = 0; i < actions.Length; i++)
            {
                // Half of the mountain cars push the way they roll and arrive.
                actions[i] = i % 2 == 0 || !name.StartsWith("mountain", StringComparison.Ordinal)
                    ? specification.Actions is DiscreteSpace discrete ? random.Integer(discrete.Count) : (float)random.Uniform(-3, 3)
                    : togetherBatch.Observations[(i * width) + 1] < 0 ? (specification.Actions is DiscreteSpace ? 0 : -1) : (specification.Actions is DiscreteSpace ? 2 : 1);
            }

            together.Step(actions, togetherBatch);
            apart.Step(actions.AsSpan(0, Count), apartBatch);
            if (step % 50 == 7)
            {
                together.Truncate(step % Count, togetherBatch);
                apart.Truncate(step % Count, apartBatch);
            }

            Assert.Equal(apartBatch.Rewards, togetherBatch.Rewards[..Count]);
            Assert.Equal(apartBatch.Terminated, togetherBatch.Terminated[..Count]);
            Assert.Equal(apartBatch.Truncated, togetherBatch.Truncated[..Count]);
            for (int copy = 0; copy < Count; copy++)
            {
                if (apartBatch.Ended(copy))
                {
                    ends++;
                    Assert.Equal(apartBatch.FinalObservations.Slice(copy * width, width), togetherBatch.FinalObservations.Slice(copy * width, width));
                }
            }
        }

        Assert.True(ends >= Count);
        Assert.Equal(expectedEndings.Order(), endings.Where(copy => copy < Count).Order());
    }

    [Theory]
    [MemberData(nameof(ClassicControlTests.Names), MemberType = typeof(ClassicControlTests))]
    public void A_copy_looks_the_same_side_by_side_and_alone(string name)
    {
        using VectorEnvironment together = ClassicControlTests.Create(name).CreateVector(3);
        using LiftedEnvironment apart = new(ClassicControlTests.Create(name), 3);
        StepBatch togetherBatch = together.CreateBatch(), apartBatch = apart.CreateBatch();
        together.Reset(2, togetherBatch);
        apart.Reset(2, apartBatch);
        for (int step = 0; step < 5; step++)
        {
            Assert.Equal(Text(apart), Text(together));
            Assert.All(Text(together).Split('\n'), line => Assert.InRange(line.Length, 0, 80));
            Assert.Equal(Picture(apart), Picture(together));
            together.Step([0, 1, 1], togetherBatch);
            apart.Step([0, 1, 1], apartBatch);
        }
    }

    [Theory]
    [MemberData(nameof(ClassicControlTests.Names), MemberType = typeof(ClassicControlTests))]
    public void A_step_of_many_copies_allocates_nothing(string name)
    {
        using VectorEnvironment copies = ClassicControlTests.Create(name).CreateVector(1000);
        StepBatch batch = copies.CreateBatch();
        float[] actions = new float[1000];
        copies.Reset(1, batch);
        for (int step = 0; step < 30; step++)
        {
            copies.Step(actions, batch);
        }

        Assert.Equal(0, Allocation.Least(() =>
        {
            for (int step = 0; step < 300; step++)
            {
                copies.Step(actions, batch);
            }
        }));
    }

    [Fact]
    public void Faults_name_copy_and_step_and_a_batch_of_another_environment_is_refused()
    {
        using VectorEnvironment copies = new CartPole().CreateVector(3);
        StepBatch batch = copies.CreateBatch();
        Assert.Throws<InvalidOperationException>(() => copies.Step([0, 0, 0], batch));
        copies.Reset(1, batch);
        copies.Step([0, 0, 1], batch);
        Assert.Equal(
            "cartpole, copy 1, step 2: the action is 0.5, expected a whole number from 0 to 1",
            Assert.Throws<EnvironmentException>(() => copies.Step([0, 0.5f, 1], batch)).Message);
        Assert.Throws<ArgumentException>(() => copies.Step([0, 0], batch));
        using VectorEnvironment other = new Pendulum().CreateVector(3);
        Assert.Throws<ArgumentException>(() => copies.Step([0, 0, 0], other.CreateBatch()));
        StepBatch pendulum = other.CreateBatch();
        other.Reset(1, pendulum);
        Assert.Equal(
            "pendulum, copy 2, step 1: the action is NaN at position 0, expected a finite number",
            Assert.Throws<EnvironmentException>(() => other.Step([0, 0, float.NaN], pendulum)).Message);
    }

    [Fact]
    public void A_state_of_other_settings_is_refused()
    {
        using VectorEnvironment three = new CartPole().CreateVector(3), four = new CartPole().CreateVector(4);
        using MemoryStream memory = new();
        three.Transfer(StateTransfer.Save(memory));
        memory.Position = 0;
        Assert.Throws<InvalidDataException>(() => four.Transfer(StateTransfer.Load(memory, "state.bin")));
    }

    private static string Text(VectorEnvironment environment)
    {
        using StringWriter writer = new();
        environment.WriteText(1, writer);
        Assert.NotEmpty(writer.ToString());
        return writer.ToString();
    }

    private static byte[] Picture(VectorEnvironment environment)
    {
        RasterCanvas canvas = new(120, 90);
        canvas.Clear(Color.White);
        environment.Draw(1, canvas);
        Assert.Contains(canvas.Picture.Pixels.ToArray(), value => value != 255);
        return canvas.Picture.Pixels.ToArray();
    }

    private static VectorEnvironment Create(string name, int count, int lanes, Workers workers) => ClassicControlTests.Create(name) switch
    {
        CartPole environment => environment.CreateLanes(count, workers, lanes),
        MountainCar environment => environment.CreateLanes(count, workers, lanes),
        MountainCarContinuous environment => environment.CreateLanes(count, workers, lanes),
        Pendulum environment => environment.CreateLanes(count, workers, lanes),
        Acrobot environment => environment.CreateLanes(count, workers, lanes),
        _ => throw new NotSupportedException(name),
    };

    private static TheoryData<string, int> Product()
    {
        TheoryData<string, int> data = [];
        foreach (string name in (ReadOnlySpan<string>)["cartpole", "mountaincar", "mountaincar-continuous", "pendulum", "acrobot"])
        {
            foreach (int lanes in (ReadOnlySpan<int>)[2, 4, 8])
            {
                data.Add(name, lanes);
            }
        }

        return data;
    }
}
