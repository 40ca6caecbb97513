using Proximal.Tensors.Files;

namespace Proximal.Runs;

/// <summary>The recorded rollouts of a run: a file a step, bounded together by dropping every second of the older ones.</summary>
internal sealed class RolloutRecordFolder
{
    private readonly RunFolder folder;
    private readonly long largestBytes;
    private readonly SortedList<int, long> sizes = [];

    /// <summary>Looks what is there.</summary>
    /// <param name="folder">The run, which this process has taken.</param>
    /// <param name="largestBytes">Bound on the bytes of all files.</param>
    public RolloutRecordFolder(RunFolder folder, long largestBytes)
    {
        (this.folder, this.largestBytes) = (folder, largestBytes);
        foreach (int step in new RolloutRecordReader(folder).ReadSteps())
        {
            sizes.Add(step, new FileInfo(FileOf(step)).Length);
        }
    }

    /// <summary>Deletes what was recorded after a step: a run that goes on from there records it again, the same.</summary>
    public void Cut(int lastStep)
    {
        foreach (int step in sizes.Keys.Where(step => step > lastStep).ToArray())
        {
            Drop(step);
        }
    }

    /// <summary>Writes the records of a step; then as many of the older ones are dropped as the bound demands, the first for last.</summary>
    /// <param name="step">Finished steps, the recorded one included.</param>
    /// <param name="content">The lines.</param>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public void Write(int step, ReadOnlyMemory<byte> content)
    {
        AtomicFile.CreateFolder(folder.Rollouts);
        AtomicFile.WriteBytes(FileOf(step), content);
        sizes[step] = content.Length;
        while (sizes.Count > 1 && sizes.Values.Sum() > largestBytes)
        {
            DropEverySecond();
        }
    }

    /// <summary>Drops the second, the fourth and so on, but not the last; of two the first.</summary>
    private void DropEverySecond()
    {
        int[] steps = [.. sizes.Keys];
        foreach (int step in steps.Length == 2 ? steps.Take(1) : steps.SkipLast(1).Where((_, place) => place % 2 == 1))
        {
            Drop(step);
        }
    }

    private void Drop(int step)
    {
        File.Delete(FileOf(step));
        sizes.Remove(step);
    }

    private string FileOf(int step) => RolloutRecordReader.FileOf(folder, step);
}
