using Proximal.Tensors.Files;

namespace Proximal.Runs;

/// <summary>
/// The checkpoints of a run: folders whose names sort by time. A folder is written under a temporary name and renamed when it is whole, so that
/// a kill at any moment leaves the one before.
/// </summary>
internal sealed class CheckpointFolders
{
    /// <summary>Everything beside parameters and optimizers; written last, so that a folder with it is whole.</summary>
    public const string StateFile = "trainer.json";

    private const string Unfinished = ".partial";

    private readonly RunFolder folder;
    private readonly int keep;
    private readonly string? permanent;

    /// <summary>The checkpoints of a run that this process has taken.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="keep">The last checkpoints that are kept.</param>
    /// <param name="permanent">Name of a checkpoint that is kept beside these; null for none.</param>
    public CheckpointFolders(RunFolder folder, int keep, string? permanent = null)
    {
        this.folder = folder;
        this.keep = keep;
        this.permanent = permanent;
        foreach (string leftover in Directory.GetDirectories(folder.Checkpoints, "*" + Unfinished))
        {
            Directory.Delete(leftover, recursive: true);
        }
    }

    /// <summary>The newest checkpoint of a run, or null.</summary>
    public static string? Latest(RunFolder folder) => All(folder).LastOrDefault();

    /// <summary>Writes a checkpoint, where none of this name is there yet, and drops the oldest beyond the number to keep.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="writeFiles">Writes everything but the state into the folder.</param>
    /// <param name="writeState">Writes the state, after the files.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public string Write(string name, Action<string> writeFiles, Action<Stream> writeState)
    {
        string target = Path.Combine(folder.Checkpoints, name);
        if (File.Exists(Path.Combine(target, StateFile)))
        {
            // A position has one state, bit for bit. Replacing it by the same would leave a moment in which a kill takes both.
            return target;
        }

        string partial = target + Unfinished;
        AtomicFile.CreateFolder(partial);
        writeFiles(partial);
        AtomicFile.Write(Path.Combine(partial, StateFile), writeState);
        if (Directory.Exists(target))
        {
            Drop(target);
        }

        Directory.Move(partial, target);
        foreach (string old in All(folder).Where(path => Path.GetFileName(path) != permanent).SkipLast(keep).ToArray())
        {
            Drop(old);
        }

        return target;
    }

    /// <summary>Deletes a checkpoint under a name that marks it as broken, so that a kill half-way leaves nothing that looks whole.</summary>
    private static void Drop(string checkpoint)
    {
        string dropped = checkpoint + ".old" + Unfinished;
        Directory.Move(checkpoint, dropped);
        Directory.Delete(dropped, recursive: true);
    }

    /// <summary>Whole checkpoints, oldest first.</summary>
    private static IEnumerable<string> All(RunFolder folder) => !Directory.Exists(folder.Checkpoints) ? [] : Directory.EnumerateDirectories(folder.Checkpoints)
        .Where(name => !name.EndsWith(Unfinished, StringComparison.Ordinal) && File.Exists(Path.Combine(name, StateFile)))
        .Order(StringComparer.Ordinal);
}
