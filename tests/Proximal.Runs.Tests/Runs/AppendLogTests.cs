
namespace Proximal.Runs.Tests.Runs;

public sealed class AppendLogTests
{
    [Fact]
    public void What_a_killed_process_wrote_after_its_checkpoint_is_cut_off()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("log");
        long committed;
        using (AppendLog log = new(path, 0))
        {
            log.Append("first\n"u8);
            log.Commit();
            committed = log.Length;
            log.Append("lost\n"u8);
            Assert.Equal(11, log.Length);
        }

        using (AppendLog log = new(path, committed))
        {
            Assert.Equal(6, log.Length);
            log.Append("second\n"u8);
        }

        Assert.Equal("first\nsecond\n", File.ReadAllText(path));
    }

    [Fact]
    public void A_file_shorter_than_the_checkpoint_says_is_refused_and_left_alone()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("log");
        File.WriteAllText(path, "short");
        Assert.Contains($"{path}: holds 5 bytes", Assert.Throws<InvalidDataException>(() => new AppendLog(path, 6)).Message, StringComparison.Ordinal);
        Assert.Equal("short", File.ReadAllText(path));
        File.Delete(path);
    }

    [Fact]
    public void Records_can_be_read_while_the_log_is_open()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("log");
        using AppendLog log = new(path, 0);
        log.Append("one\n"u8);
        using FileStream reader = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Assert.Equal(4, reader.Length);
    }

    [Fact]
    public void A_folder_in_its_place_is_named()
    {
        using TemporaryFolder folder = new();
        Assert.StartsWith(folder.Path, Assert.Throws<IOException>(() => new AppendLog(folder.Path, 0)).Message, StringComparison.Ordinal);
    }
}
