using Proximal.Control.Environments;
using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;

namespace Proximal.Control.Tests.Environments;

/// <summary>What every environment keeps, tried with random legal actions.</summary>
internal static class EnvironmentContract
{
    public static void AssertKept(SingleEnvironment environment, int steps = 600)
    {
        AssertSeedsRepeat(environment, steps);
        AssertCopiesGoOn(environment, steps);
        AssertNothingAllocated(environment, steps);
        AssertShown(environment);
    }

    /// <summary>Mean return, mean length and mean metrics of episodes.</summary>
    public static (double Return, double Length, double[] Metrics) Play(SingleEnvironment environment, int episodes, ulong seed, Func<float[], float> choose)
    {
        EnvironmentSpecification specification = environment.Specification;
        float[] observation = new float[specification.Observations.Width], metrics = new float[specification.Metrics.Count], action = new float[1];
        double total = 0, length = 0;
        double[] sums = new double[metrics.Length];
        for (int episode = 0; episode < episodes; episode++)
        {
            environment.Reset(new EpisodeRandom(seed, 0, episode), observation);
            StepOutcome outcome;
            do
            {
                action[0] = choose(observation);
                outcome = environment.Step(action, observation);
                total += outcome.Reward;
            }
            while (!outcome.Terminated && !outcome.Truncated);

            length += environment.Steps;
            environment.WriteMetrics(metrics);
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += metrics[i];
            }
        }

        return (total / episodes, length / episodes, [.. sums.Select(sum => sum / episodes)]);
    }

    private static void AssertSeedsRepeat(SingleEnvironment environment, int steps)
    {
        List<float> first = Trace(environment, 3, steps);
        Assert.True(first.SequenceEqual(Trace(environment, 3, steps)), "The same seed gave other numbers.");
        Assert.False(first.SequenceEqual(Trace(environment, 4, steps)), "Another seed gave the same numbers.");
    }

    private static void AssertCopiesGoOn(SingleEnvironment environment, int steps)
    {
        EnvironmentSpecification specification = environment.Specification;
        using VectorEnvironment first = environment.CreateVector(3), second = environment.CreateVector(3);
        StepBatch firstBatch = first.CreateBatch(), secondBatch = second.CreateBatch();
        float[] actions = new float[3 * specification.Actions.Width], observation = new float[specification.Observations.Width];
        EpisodeRandom random = new(11);
        first.Reset(9, firstBatch);
        for (int step = 0; step < steps; step++)
        {
            Choose(specification, firstBatch.ActionMasks, actions, ref random);
            first.Step(actions, firstBatch);
        }

        using MemoryStream memory = new();
        first.Transfer(StateTransfer.Save(memory));
        memory.Position = 0;
        second.Transfer(StateTransfer.Load(memory, "memory"));
        SingleEnvironment? clone = (first as LiftedEnvironment)?[1].Clone();
        bool cloneRuns = clone is not null;
        for (int step = 0; step < steps; step++)
        {
            Choose(specification, firstBatch.ActionMasks, actions, ref random);
            first.Step(actions, firstBatch);
            second.Step(actions, secondBatch);
            Assert.Equal(firstBatch.Observations, secondBatch.Observations);
            Assert.Equal(firstBatch.Rewards, secondBatch.Rewards);
            if (cloneRuns)
            {
                StepOutcome outcome = clone!.Step(actions.AsSpan(specification.Actions.Width, specification.Actions.Width), observation);
                cloneRuns = !outcome.Terminated && !outcome.Truncated;
                ReadOnlySpan<float> expected = (cloneRuns ? firstBatch.Observations : firstBatch.FinalObservations).Slice(observation.Length, observation.Length);
                Assert.Equal(expected, observation);
                Assert.Equal(firstBatch.Rewards[1], (float)outcome.Reward);
            }
        }
    }

    private static void AssertNothingAllocated(SingleEnvironment environment, int steps)
    {
        EnvironmentSpecification specification = environment.Specification;
        using VectorEnvironment copies = environment.CreateVector(2);
        StepBatch batch = copies.CreateBatch();
        float[] actions = new float[2 * specification.Actions.Width];
        EpisodeRandom random = new(12);
        copies.Reset(1, batch);
        Advance(20);
        Assert.Equal(0, Allocation.Least(() => Advance(steps)));

        void Advance(int count)
        {
            for (int step = 0; step < count; step++)
            {
                Choose(specification, batch.ActionMasks, actions, ref random);
                copies.Step(actions, batch);
            }
        }
    }

    private static void AssertShown(SingleEnvironment environment)
    {
        environment.Reset(1, new float[environment.Specification.Observations.Width]);
        using StringWriter text = new();
        environment.WriteText(text);
        Assert.NotEmpty(text.ToString());
        Assert.All(text.ToString().Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
        RasterCanvas canvas = new(64, 48);
        environment.Draw(canvas);
        Assert.True(canvas.Picture.Pixels.ToArray().Chunk(3).Select(pixel => (pixel[0], pixel[1], pixel[2])).Distinct().Count() >= 3);
    }

    private static List<float> Trace(SingleEnvironment environment, ulong seed, int steps)
    {
        EnvironmentSpecification specification = environment.Specification;
        using VectorEnvironment copies = environment.CreateVector(2);
        StepBatch batch = copies.CreateBatch();
        float[] actions = new float[2 * specification.Actions.Width];
        EpisodeRandom random = new(10);
        List<float> trace = [];
        copies.Reset(seed, batch);
        for (int step = 0; step < steps; step++)
        {
            Choose(specification, batch.ActionMasks, actions, ref random);
            copies.Step(actions, batch);
            for (int copy = 0; copy < 2; copy++)
            {
                ReadOnlySpan<float> row = batch.Observations.Slice(copy * specification.Observations.Width, specification.Observations.Width);
                Assert.Null(specification.Observations.FindFault(row));
                trace.Add(batch.Rewards[copy]);
                trace.AddRange(row);
            }
        }

        return trace;
    }

    private static void Choose(EnvironmentSpecification specification, ReadOnlySpan<bool> masks, Span<float> actions, ref EpisodeRandom random)
    {
        int width = specification.Actions.Width, copies = actions.Length / width;
        for (int copy = 0; copy < copies; copy++)
        {
            do
            {
                specification.Actions.Sample(ref random, actions.Slice(copy * width, width));
            }
            while (specification is { HasActionMask: true, Actions: DiscreteSpace } && !masks[(copy * specification.MaskWidth) + (int)actions[copy]]);
        }
    }
}
