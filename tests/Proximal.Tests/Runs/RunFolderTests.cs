using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Tests.Runs;

public sealed class RunFolderTests
{
    [Fact]
    public void Deleting_a_run_removes_its_files_and_nothing_else()
    {
        using TinyRun run = new();
        string notes = Path.Combine(run.Folder.Path, "notes.txt");
        File.WriteAllText(notes, "mine");
        run.Folder.Delete();
        Assert.Equal([notes], Directory.EnumerateFileSystemEntries(run.Folder.Path));
    }

    [Fact]
    public void A_deleted_run_can_be_trained_again_to_the_same_weights()
    {
        using TinyRun run = new();
        string weights = Path.Combine(run.Folder.Model, "model.safetensors");
        byte[] before = File.ReadAllBytes(weights);
        run.Folder.Delete();
        Assert.False(Directory.Exists(run.Folder.Path));
        using TrainingSession session = new(run.Recipe, run.Folder);
        session.Run();
        Assert.Equal(before, File.ReadAllBytes(weights));
    }
}
