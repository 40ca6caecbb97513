using Proximal.Tensors.Files;

namespace Proximal.Runs;

/// <summary>The recorded rollouts of a run: a file a step, bounded together by dropping every second of the older ones.</summary>
/// <param name="folder">The run, which this process has taken.</param>
/// <param name="largestBytes">Bound on the bytes of all files.</param>
internal sealed class RolloutRecordFolder(RunFolder folder, long largestBytes)
{
    /// <summary>Deletes what was recorded after a step: a run that goes on from there records it again, the same.</summary>
    public void Cut(int lastStep)
    {
        foreach ((_, string path, _) in Files().Where(file => file.Step > lastStep))
        {
            File.Delete(path);
        }
    }

    /// <summary>Writes the records of a step; then as many of the older ones are dropped as the bound demands, the first for last.</summary>
    /// <param name="step">Finished steps, the recorded one included.</param>
    /// <param name="content">The lines.</param>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public void Write(int step, ReadOnlyMemory<byte> content)
    {
        AtomicFile.CreateFolder(folder.Rollouts);
        AtomicFile.WriteBytes(RolloutRecordReader.FileOf(folder, step), content);
        List<(int Step, string Path, long Bytes)> files = Files();
        while (files.Count > 1 && files.Sum(file => file.Bytes) > largestBytes)
        {
            files = DropEverySecond(files);
        }
    }

    /// <summary>Drops the second, the fourth and so on, but not the last; of two the first.</summary>
    private static List<(int Step, string Path, long Bytes)> DropEverySecond(List<(int Step, string Path, long Bytes)> files)
    {
        List<(int Step, string Path, long Bytes)> kept = [];
        for (int i = 0; i < files.Count; i++)
        {
            bool isDropped = files.Count == 2 ? i == 0 : i % 2 == 1 && i < files.Count - 1;
            if (isDropped)
            {
                File.Delete(files[i].Path);
            }
            else
            {
                kept.Add(files[i]);
            }
        }

        return kept;
    }

    private List<(int Step, string Path, long Bytes)> Files() => !Directory.Exists(folder.Rollouts) ? [] :
        [.. new DirectoryInfo(folder.Rollouts).EnumerateFiles().Select(file => (Step: RolloutRecordReader.StepOf(file.FullName) ?? -1, file.FullName, file.Length)).Where(file => file.Step >= 0).OrderBy(file => file.Step)];
}
