using System.Diagnostics;
using System.Globalization;
using Proximal.Control.Algorithms;
using Proximal.Control.Environments.ClassicControl;
using Proximal.Tensors;

namespace Proximal.Benchmarks;

/// <summary>
/// PPO on CartPole with CleanRL's settings: 4 copies, 128 steps, 4 minibatches, 4 epochs, actor and critic of 64-64 tanh, a schedule of 500,000 steps.
/// </summary>
internal static class ControlPpoBenchmark
{
    private const int Steps = 512;
    private const long Schedule = 500_000;

    public static void Run(string[] arguments)
    {
        int[] counts = arguments is ["--workers", string count] ? [int.Parse(count, CultureInfo.InvariantCulture)] : [1, 2];
        foreach (int workers in counts)
        {
            Measure(workers);
        }
    }

    private static void Measure(int count)
    {
        using Workers workers = new(count);
        using Ppo learner = new(new CartPole(), seed: 1, workers: workers);
        using CancellationTokenSource ending = new();
        Stopwatch clock = new();
        double best = double.MaxValue, seconds = 0;
        long iterations = 0, allocated = 0, before = 0;
        learner.LearnUntil(Schedule, new Observer(_ =>
        {
            double now = clock.Elapsed.TotalSeconds;
            if (learner.Iterations > 200)
            {
                best = Math.Min(best, now);
                seconds += now;
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                iterations++;
            }

            if (seconds > 2)
            {
                ending.Cancel();
            }

            before = GC.GetAllocatedBytesForCurrentThread();
            clock.Restart();
        }), ending.Token);

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"PPO on CartPole, {count} workers: best {Steps / best:F0} steps/s ({best * 1e3:F2} ms an iteration), mean {Steps * iterations / seconds:F0} steps/s, {allocated / (double)iterations:F0} bytes allocated an iteration; mean return {learner.Episodes.MeanReturn:F0} after {learner.Steps} steps"));
    }

    private sealed class Observer(Action<Control.Learning.Learner> action) : Control.Learning.ILearningObserver
    {
        public void OnIteration(Control.Learning.Learner learner) => action(learner);
    }
}
