using Proximal.Recipes;
using Proximal.Runs;

namespace Proximal.Tests.Training;

public sealed class FullDiskTests
{
    private static readonly Recipe Tiny = TinyRuns.Recipe("objective: ppo\n  shaping: [ { name: kl, adaptive: true } ]");

    [SmallDiskTheory]
    [InlineData(8)]
    [InlineData(60)]
    [InlineData(150)]
    [InlineData(250)]
    [InlineData(330)]
    public void A_full_disk_is_told_in_one_line_and_the_run_goes_on_when_there_is_room(int kilobytes)
    {
        using TemporaryFolder folder = new();
        TinyRuns.Train(Tiny, folder.File("whole"));
        using SmallDisk disk = new(kilobytes);
        string run = Path.Combine(disk.Path, "run");

        IOException exception = Assert.ThrowsAny<IOException>(() => TinyRuns.Train(Tiny, run));
        Assert.Contains(run, exception.Message, StringComparison.Ordinal);
        Assert.Matches("disk is full|No space left", exception.Message);
        Assert.DoesNotContain('\n', exception.Message);
        Assert.False(File.Exists(Path.Combine(new RunFolder(run).Model, "model.safetensors")));

        disk.Grow(8 << 10);
        TinyRuns.Train(Tiny, run);
        TinyRuns.AssertSame(folder.File("whole"), run);
    }

    [SmallDiskTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_folder_that_is_not_writable_is_told_in_one_line(bool exists)
    {
        using SmallDisk disk = new(64);
        string run = Path.Combine(disk.Path, "run");
        if (exists)
        {
            Directory.CreateDirectory(run);
        }

        disk.MakeReadOnly();
        IOException exception = Assert.ThrowsAny<IOException>(() => TinyRuns.Train(Tiny, run));
        Assert.StartsWith(run, exception.Message, StringComparison.Ordinal);
        Assert.Contains("Read-only file system", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }
}
