namespace Proximal.Control.Buildings;

/// <summary>
/// Divides a time series into rows to learn from and rows to measure on by whole blocks of time: neighbouring rows are nearly equal, so that rows held out
/// at random would be no test.
/// </summary>
public static class TimeBlocks
{
    /// <summary>A week of quarter-hours.</summary>
    public const int Week = 7 * 96;

    /// <summary>Holds out the last of every few blocks.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="block">Rows of a block.</param>
    /// <param name="every">One of so many blocks is held out, 2 or more.</param>
    public static (int[] Training, int[] HeldOut) Split(int rows, int block = Week, int every = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(block, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 2);
        int[] all = [.. Enumerable.Range(0, rows)];
        return ([.. all.Where(row => row / block % every != every - 1)], [.. all.Where(row => row / block % every == every - 1)]);
    }
}
