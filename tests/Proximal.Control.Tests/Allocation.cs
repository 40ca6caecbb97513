namespace Proximal.Control.Tests;

/// <summary>Measures what code allocates on the managed heap.</summary>
internal static class Allocation
{
    /// <summary>
    /// Bytes that a piece of work allocates on this thread: the least of ten measurements, because a collection that another test causes counts what
    /// the thread had in reserve. Work that allocates does so every time.
    /// </summary>
    public static long Least(Action work)
    {
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 10 && least > 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
