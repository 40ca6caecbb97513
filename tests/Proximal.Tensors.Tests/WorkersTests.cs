namespace Proximal.Tensors.Tests;

public sealed class WorkersTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(1000, 1)]
    [InlineData(1001, 64)]
    public void Every_item_is_done_once_in_every_round(int count, int grain)
    {
        using Workers workers = new(4);
        for (int round = 0; round < 200; round++)
        {
            Counting job = new() { Done = new int[count] };
            workers.For(count, grain, ref job);
            Assert.Equal(-1, job.Done.AsSpan().IndexOfAnyExcept(1));
        }
    }

    [Fact]
    public void An_exception_reaches_the_caller_and_leaves_the_workers_usable()
    {
        using Workers workers = new(3);
        for (int round = 0; round < 50; round++)
        {
            Counting failing = new() { Done = new int[100], Failing = 2 * round };
            Assert.Equal(2 * round, int.Parse(Assert.Throws<FormatException>(() => workers.For(100, 1, ref failing)).Message));
            Counting job = new() { Done = new int[100] };
            workers.For(100, 1, ref job);
            Assert.Equal(-1, job.Done.AsSpan().IndexOfAnyExcept(1));
        }
    }

    [Fact]
    public void An_interrupted_caller_returns_after_the_others_and_is_interrupted_then()
    {
        using Workers workers = new(2);
        using ManualResetEventSlim begun = new(), released = new();
        bool done = false, doneAtReturn = false, interrupted = false;
        Thread caller = new(() =>
        {
            Waiting job = new() { Caller = Thread.CurrentThread, Begun = begun, Released = released, Done = () => Volatile.Write(ref done, true) };
            workers.For(2, 1, ref job);
            doneAtReturn = Volatile.Read(ref done);
            try
            {
                Thread.Sleep(Timeout.Infinite);
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        });
        caller.Start();
        begun.Wait();
        while ((caller.ThreadState & ThreadState.WaitSleepJoin) == 0)
        {
            Thread.Yield();
        }

        caller.Interrupt();
        Thread.Sleep(20);
        released.Set();
        caller.Join();

        Assert.True(doneAtReturn);
        Assert.True(interrupted);
        Every_item_is_done_once(workers);
    }

    [Fact]
    public void Callers_that_come_at_the_same_time_both_get_their_work_done()
    {
        using Workers workers = new(3);
        Thread[] callers = [.. Enumerable.Range(0, 3).Select(_ => new Thread(() => Every_item_is_done_once(workers)))];
        Array.ForEach(callers, caller => caller.Start());
        Array.ForEach(callers, caller => caller.Join());
        Every_item_is_done_once(workers);
    }

    [Fact]
    public void Work_inside_work_runs_on_the_thread_that_asked()
    {
        using Workers workers = new(3);
        Nested job = new() { Workers = workers, Done = new int[8] };
        workers.For(8, 1, ref job);
        Assert.All(job.Done, done => Assert.Equal(5, done));
    }

    [Fact]
    public void Ranges_reach_the_largest_number_of_items()
    {
        using Workers workers = new(4);
        Lengths job = new() { Total = [0L] };
        workers.For(int.MaxValue, 1 << 29, ref job);
        Assert.Equal(int.MaxValue, job.Total[0]);
    }

    [Fact]
    public void A_job_inside_an_object_survives_a_collection()
    {
        using Workers workers = new(2);
        for (int round = 0; round < 5; round++)
        {
            byte[][] before = [.. Enumerable.Range(0, 100).Select(_ => new byte[1000])];
            Collecting[] jobs = [new() { Done = new int[4] }];
            GC.KeepAlive(before);
            before = [];
            workers.For(4, 1, ref jobs[0]);
            Assert.Equal([1, 1, 1, 1], jobs[0].Done);
        }
    }

    private static void Every_item_is_done_once(Workers workers)
    {
        for (int round = 0; round < 200; round++)
        {
            Counting job = new() { Done = new int[50] };
            workers.For(50, 1, ref job);
            Assert.Equal(-1, job.Done.AsSpan().IndexOfAnyExcept(1));
        }
    }

    private struct Counting : IRangeWork
    {
        public int[] Done;
        public int? Failing;

        public readonly void Run(int start, int end, int worker)
        {
            for (int i = start; i < end; i++)
            {
                if (i == Failing)
                {
                    throw new FormatException($"{i}");
                }

                Interlocked.Increment(ref Done[i]);
            }
        }
    }

    /// <summary>The caller's items end at once when the other thread has begun; that thread's wait for their release.</summary>
    private struct Waiting : IRangeWork
    {
        public Thread Caller;
        public ManualResetEventSlim Begun;
        public ManualResetEventSlim Released;
        public Action Done;

        public readonly void Run(int start, int end, int worker)
        {
            if (Thread.CurrentThread == Caller)
            {
                while (!Begun.IsSet)
                {
                    Thread.SpinWait(100);
                }

                return;
            }

            Begun.Set();
            Released.Wait();
            Done();
        }
    }

    private struct Nested : IRangeWork
    {
        public Workers Workers;
        public int[] Done;

        public readonly void Run(int start, int end, int worker)
        {
            for (int i = start; i < end; i++)
            {
                Owned inner = new() { Thread = Environment.CurrentManagedThreadId };
                Workers.For(5, 1, ref inner);
                Done[i] = inner.Items;
            }
        }
    }

    private struct Owned : IRangeWork
    {
        public int Thread;
        public int Items;

        public void Run(int start, int end, int worker) => Items += Environment.CurrentManagedThreadId == Thread ? end - start : 0;
    }

    private struct Lengths : IRangeWork
    {
        public long[] Total;

        public readonly void Run(int start, int end, int worker) => Interlocked.Add(ref Total[0], start < 0 || end < start ? long.MinValue : end - start);
    }

    private struct Collecting : IRangeWork
    {
        public int[] Done;

        public readonly void Run(int start, int end, int worker)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            for (int i = start; i < end; i++)
            {
                Interlocked.Increment(ref Done[i]);
            }
        }
    }
}
