using Proximal.Tensors.Files;

namespace Proximal.Tensors.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private const string FullDevice = "/dev/full";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Writes_and_replaces()
    {
        string path = folder.File("a.txt");
        AtomicFile.WriteText(path, "first, and longer");
        AtomicFile.WriteText(path, "é");
        Assert.Equal([0xC3, 0xA9], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_failing_writer_leaves_the_old_file_and_nothing_else()
    {
        string path = folder.File("a.bin");
        AtomicFile.WriteBytes(path, new byte[] { 1, 2, 3 });
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[1 << 20]);
            throw new InvalidOperationException();
        }));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        string path = folder.File("missing/a.txt");
        IOException thrown = Assert.Throws<IOException>(() => AtomicFile.WriteText(path, "x"));
        Assert.Contains(path, thrown.Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_named()
    {
        string path = folder.File("taken");
        Directory.CreateDirectory(path);
        IOException thrown = Assert.Throws<IOException>(() => AtomicFile.WriteText(path, "x"));
        Assert.Contains(path, thrown.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void An_unwritable_folder_is_named_in_one_line()
    {
        string path = folder.File("a.txt");
        IOException thrown = Assert.Throws<IOException>(() => AtomicFile.Write(path, _ => { }, _ => throw new UnauthorizedAccessException("no")));
        Assert.Equal($"{path}: cannot write, the folder \"{folder.Path}\" is not writable.", thrown.Message);
    }

    [Fact]
    public void A_read_only_folder_is_reported_where_permissions_apply()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            return;
        }

        string locked = folder.File("locked");
        Directory.CreateDirectory(locked, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        IOException thrown = Assert.Throws<IOException>(() => AtomicFile.WriteText(Path.Combine(locked, "a.txt"), "x"));
        Assert.Contains("not writable", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_reported_and_the_old_file_stays()
    {
        if (!File.Exists(FullDevice))
        {
            return;
        }

        string path = folder.File("a.bin");
        AtomicFile.WriteText(path, "old");
        IOException thrown = Assert.Throws<IOException>(() => AtomicFile.Write(
            path,
            stream => stream.Write(new byte[1 << 20]),
            _ => new FileStream(FullDevice, FileMode.Open, FileAccess.Write)));
        Assert.Equal($"{path}: cannot write, the disk is full.", thrown.Message);
        Assert.Equal("old", File.ReadAllText(path));
    }

    [Fact]
    public void Leftovers_of_killed_processes_are_removed_and_nothing_else()
    {
        string path = folder.File("a.txt");
        AtomicFile.WriteText(path, "x");
        File.WriteAllText(path + ".abc.partial", "half");
        AtomicFile.DeleteLeftovers(folder.Path);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }
}
