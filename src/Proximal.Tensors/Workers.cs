using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Proximal.Tensors;

/// <summary>A piece of work that can be divided into ranges which do not depend on each other.</summary>
public interface IRangeWork
{
    /// <summary>Does items <paramref name="start"/> up to but not including <paramref name="end"/>.</summary>
    /// <param name="start">First item.</param>
    /// <param name="end">One past the last item.</param>
    /// <param name="worker">Which worker runs it, 0..Workers.Count-1: an index for scratch memory.</param>
    void Run(int start, int end, int worker);
}

/// <summary>
/// A fixed set of threads that share ranges of work. Idle threads park in the kernel instead of spinning, because other processes share the
/// cores. Which thread does what never changes a result. Handing out work allocates nothing.
/// </summary>
public sealed unsafe class Workers : IDisposable
{
    /// <summary>The environment variable that sets the number of workers of <see cref="Shared"/>.</summary>
    public const string CountVariable = "PROXIMAL_WORKERS";

    private static readonly Lazy<Workers> SharedWorkers = new(() => new Workers(DefaultCount));

    private static readonly long BriefTicks = Stopwatch.Frequency / 20_000;

    [ThreadStatic]
    private static bool insideWork;

    private readonly Thread[] threads;
    private readonly object gate = new();
    private readonly object idle = new();
    private delegate*<void*, int, int, int, void> work;
    private void* state;
    private int items;
    private int grain;
    private long next;
    private int round;
    private int active;
    private int parked;
    private bool callerParked;
    private bool open;
    private Exception? failure;
    private bool stopping;

    /// <summary>Creates workers; the calling thread counts as one of them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 or more than 1024.</exception>
    public Workers(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1024);
        Count = count;
        threads = new Thread[count - 1];
        for (int i = 0; i < threads.Length; i++)
        {
            int worker = i + 1;
            threads[i] = new Thread(() => Loop(worker)) { IsBackground = true, Name = $"Proximal worker {worker}" };
            threads[i].Start();
        }
    }

    /// <summary>Workers for everyone who names none: as many as there are cores, or as <see cref="CountVariable"/> says.</summary>
    public static Workers Shared => SharedWorkers.Value;

    /// <summary>Number of workers of <see cref="Shared"/>.</summary>
    public static int DefaultCount =>
        int.TryParse(Environment.GetEnvironmentVariable(CountVariable), out int count) && count is >= 1 and <= 1024
            ? count
            : Math.Min(Environment.ProcessorCount, 1024);

    /// <summary>Number of workers, the calling thread included.</summary>
    public int Count { get; }

    /// <summary>Runs work over all items; returns when it is done. From inside work it runs on the calling thread alone.</summary>
    /// <param name="count">Number of items.</param>
    /// <param name="grain">Items a range holds at least; ranges begin at multiples of it.</param>
    /// <param name="job">The work.</param>
    public void For<TWork>(int count, int grain, ref TWork job)
        where TWork : struct, IRangeWork
    {
        if (count <= 0)
        {
            return;
        }

        if (threads.Length == 0 || count <= grain || insideWork || !Monitor.TryEnter(gate))
        {
            job.Run(0, count, 0);
            return;
        }

        // On the stack, where the collector moves nothing: the caller's own may lie in an object. The caller waits below, so it outlives the round.
        TWork shared = job;
        Exception? thrown;
        bool interrupted = false;
        try
        {
            insideWork = true;
            state = Unsafe.AsPointer(ref shared);
            work = &Invoke<TWork>;
            items = count;

            // A few ranges per worker evens out cores that others slow down.
            this.grain = Math.Max(1, count / grain / (Count * 4)) * grain;
            Volatile.Write(ref next, 0);
            EnterIdle(ref interrupted);
            open = true;
            Volatile.Write(ref round, round + 1);
            if (parked > 0)
            {
                Monitor.PulseAll(idle);
            }

            Monitor.Exit(idle);
            TakeRanges(0);

            // A thread that has not woken by now finds the round closed: the caller never waits for a wake-up, only for work in progress.
            EnterIdle(ref interrupted);
            open = false;
            Monitor.Exit(idle);
            WaitBriefly(ref active, 0, equal: true);
            EnterIdle(ref interrupted);
            callerParked = true;
            while (active != 0)
            {
                WaitForIdle(ref interrupted);
            }

            callerParked = false;
            Monitor.Exit(idle);
        }
        finally
        {
            insideWork = false;
            thrown = failure;
            failure = null;
            job = shared;
            Monitor.Exit(gate);
        }

        if (interrupted)
        {
            Thread.CurrentThread.Interrupt();
        }

        if (thrown is not null)
        {
            ExceptionDispatchInfo.Throw(thrown);
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        lock (idle)
        {
            stopping = true;
            Monitor.PulseAll(idle);
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }
    }

    private static void Invoke<TWork>(void* job, int start, int end, int worker)
        where TWork : struct, IRangeWork => Unsafe.AsRef<TWork>(job).Run(start, end, worker);

    /// <summary>Enters <see cref="idle"/>. An interruption of the caller comes later: other threads still read its stack.</summary>
    private void EnterIdle(ref bool interrupted)
    {
        while (true)
        {
            try
            {
                Monitor.Enter(idle);
                return;
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        }
    }

    private void WaitForIdle(ref bool interrupted)
    {
        try
        {
            Monitor.Wait(idle);
        }
        catch (ThreadInterruptedException)
        {
            interrupted = true;
        }
    }

    private void TakeRanges(int worker)
    {
        try
        {
            while (true)
            {
                long start = Interlocked.Add(ref next, grain) - grain;
                if (start >= items)
                {
                    return;
                }

                work(state, (int)start, (int)Math.Min(start + grain, items), worker);
            }
        }
#pragma warning disable CA1031 // Whatever a range throws is thrown again on the calling thread.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref failure, thrown, null);
            Volatile.Write(ref next, items);
        }
    }

    /// <summary>
    /// Waits for a counter, some tens of microseconds at most: operations follow each other faster than the kernel wakes a thread. Then the caller
    /// parks, so that other processes have the core. (Yielding in between was measured slower on a loaded machine: it gives away a whole time slice.)
    /// </summary>
    private static void WaitBriefly(ref int counter, int value, bool equal)
    {
        long start = Stopwatch.GetTimestamp();
        while ((Volatile.Read(ref counter) == value) != equal)
        {
            for (int i = 0; i < 8; i++)
            {
                Thread.SpinWait(8);
                if ((Volatile.Read(ref counter) == value) == equal)
                {
                    return;
                }
            }

            if (Stopwatch.GetTimestamp() - start > BriefTicks)
            {
                return;
            }
        }
    }

    private void Loop(int worker)
    {
        insideWork = true;
        int seen = 0;
        while (true)
        {
            WaitBriefly(ref round, seen, equal: false);
            lock (idle)
            {
                parked++;
                while ((!open || round == seen) && !stopping)
                {
                    Monitor.Wait(idle);
                }

                parked--;

                if (stopping)
                {
                    return;
                }

                seen = round;
                active++;
            }

            TakeRanges(worker);
            lock (idle)
            {
                Volatile.Write(ref active, active - 1);
                if (active == 0 && callerParked)
                {
                    Monitor.PulseAll(idle);
                }
            }
        }
    }
}
