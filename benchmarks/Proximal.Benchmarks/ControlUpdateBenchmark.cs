using System.Diagnostics;
using System.Globalization;
using Proximal.Control.Algorithms.OffPolicy;
using Proximal.Control.Environments;
using Proximal.Control.Learning;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Models.Networks;
using Proximal.Tensors;

namespace Proximal.Benchmarks;

/// <summary>
/// Updates of SAC and TD3 with batches of 256 from 100,000 transitions of 17 numbers of observation and 6 of action, as
/// <c>benchmarks/peers/torch_sac_td3.py</c> makes them. A step of a trivial environment between 50 updates is included.
/// </summary>
internal static class ControlUpdateBenchmark
{
    private const int Filled = 100_000;
    private const int Updates = 50;

    public static void Run(string[] arguments)
    {
        int[] counts = arguments is ["--workers", string count] ? [int.Parse(count, CultureInfo.InvariantCulture)] : [1, 2];
        foreach (int workers in counts)
        {
            foreach (int hidden in new[] { 256, 64 })
            {
                NetworkSettings network = new() { Hidden = [hidden, hidden], Activation = Activation.Relu, Orthogonal = false };
                Measure("sac", hidden, workers, pool => new Sac(
                    new Drift(), new SacOptions { Network = network, BufferSize = Filled, LearningStarts = Filled, GradientSteps = Updates, StepsPerIteration = 1 }, 1, pool));
                Measure("td3", hidden, workers, pool => new Td3(
                    new Drift(), new Td3Options { Network = network, BufferSize = Filled, LearningStarts = Filled, GradientSteps = Updates, StepsPerIteration = 1 }, 1, pool));
            }
        }
    }

    private static void Measure(string name, int hidden, int count, Func<Workers, Learner> create)
    {
        using Workers workers = new(count);
        using Learner learner = create(workers);
        learner.Learn(Filled + 10);
        double best = double.MaxValue;
        long rounds = 0, allocated = GC.GetAllocatedBytesForCurrentThread();
        Stopwatch total = Stopwatch.StartNew();
        while (total.Elapsed.TotalSeconds < 3)
        {
            long start = Stopwatch.GetTimestamp();
            learner.Learn(1);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds / Updates);
            rounds++;
        }

        double mean = total.Elapsed.TotalSeconds / (rounds * Updates);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Proximal, {count} workers, {name} {hidden}-{hidden}: best {1 / best:F0} updates/s ({best * 1e3:F3} ms), mean {1 / mean:F0}; {allocated / (double)(rounds * Updates):F1} bytes allocated an update"));
    }

    /// <summary>Numbers that follow the actions a little: what is learned does not matter here.</summary>
    private sealed class Drift : SingleEnvironment
    {
        private readonly float[] values = new float[17];

        public override EnvironmentSpecification Specification { get; } = new()
        {
            Name = "drift",
            Observations = new BoxSpace(new Shape(17), -10, 10),
            Actions = new BoxSpace(new Shape(6), -1, 1),
            MaximumSteps = 1000,
        };

        protected override SingleEnvironment NewCopy() => new Drift();

        protected override void Begin(Span<float> observation)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (float)Random.Normal();
            }

            values.CopyTo(observation);
        }

        protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
        {
            double reward = 0;
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (0.9f * values[i]) + (0.3f * action[i % 6]) + (0.3f * (float)Random.Normal());
                reward -= values[i] * values[i];
            }

            values.CopyTo(observation);
            return new StepOutcome(reward / values.Length);
        }

        protected override void TransferState(StateTransfer state) => state.Values<float>(values);
    }
}
