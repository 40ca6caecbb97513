namespace Proximal.Runs.Tests.Runs;

public sealed class CheckpointFoldersTests
{
    [Fact]
    public void Keeps_the_last_ones_and_the_permanent_one()
    {
        using TemporaryFolder folder = new();
        RunFolder run = new(folder.File("run"));
        using FileStream held = run.Take();
        CheckpointFolders checkpoints = new(run, keep: 2, permanent: "0");
        foreach (string name in (string[])["0", "1", "2", "3"])
        {
            Write(checkpoints, name);
        }

        Assert.Equal(["0", "2", "3"], Names(run));
        Assert.Equal("3", Path.GetFileName(CheckpointFolders.Latest(run)));
    }

    [Fact]
    public void A_checkpoint_that_could_not_be_finished_leaves_the_one_before()
    {
        using TemporaryFolder folder = new();
        RunFolder run = new(folder.File("run"));
        using FileStream held = run.Take();
        Write(new CheckpointFolders(run, keep: 1), "1");
        Assert.Throws<IOException>(() => new CheckpointFolders(run, keep: 1).Write("2", path => File.WriteAllText(Path.Combine(path, "weights"), "half"), _ => throw new IOException("full")));

        Assert.Equal("1", Path.GetFileName(CheckpointFolders.Latest(run)));
        Write(new CheckpointFolders(run, keep: 1), "2");
        Assert.Equal(["2"], Names(run));
        Assert.False(File.Exists(Path.Combine(run.Checkpoints, "2", "weights")));
    }

    [Fact]
    public void A_checkpoint_that_is_there_is_not_written_again()
    {
        using TemporaryFolder folder = new();
        RunFolder run = new(folder.File("run"));
        using FileStream held = run.Take();
        CheckpointFolders checkpoints = new(run, keep: 1);
        Write(checkpoints, "1");
        checkpoints.Write("1", _ => Assert.Fail("written again"), _ => Assert.Fail("written again"));
    }

    private static void Write(CheckpointFolders checkpoints, string name) => checkpoints.Write(name, _ => { }, stream => stream.Write("{}"u8));

    private static string[] Names(RunFolder run) => [.. Directory.EnumerateDirectories(run.Checkpoints).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
