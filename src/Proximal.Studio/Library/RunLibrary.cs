using Proximal.Runs;

namespace Proximal.Studio.Library;

/// <summary>
/// The runs below a folder. A request names a run by an id out of this list; nothing of a request ever becomes part of a path. Links to other
/// places are not followed. Safe for several threads.
/// </summary>
internal sealed class RunLibrary
{
    private const int DeepestLevel = 4;
    private const int MostRuns = 4_096;
    private const int MostFolders = 65_536;
    private const long MostNumbers = 64_000_000;

    private readonly Lock gate = new();
    private readonly string folder;
    private Dictionary<string, StudioRun> runs = new(StringComparer.Ordinal);

    /// <summary>Opens a folder of runs, or a single run.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public RunLibrary(string folder)
    {
        this.folder = Path.GetFullPath(folder);
        if (!Directory.Exists(this.folder))
        {
            throw new DirectoryNotFoundException($"{folder}: no such folder.");
        }
    }

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>Looks through the folder again.</summary>
    /// <returns>The runs by name.</returns>
    public IReadOnlyList<StudioRun> List()
    {
        lock (gate)
        {
            Dictionary<string, StudioRun> found = new(StringComparer.Ordinal);
            int visited = 0;
            Visit(new DirectoryInfo(folder), "", 0, found, ref visited);
            runs = found;
            return [.. runs.Values.OrderBy(run => run.Name, NaturalOrder.Instance)];
        }
    }

    /// <summary>The run of an id; null where there is none.</summary>
    public StudioRun? Find(string id)
    {
        lock (gate)
        {
            if (runs.TryGetValue(id, out StudioRun? run) && run.Folder.Exists)
            {
                return run;
            }
        }

        return List().FirstOrDefault(run => run.Id == id);
    }

    /// <summary>Forgets the metrics of the runs that hold most where all hold too much, but for one.</summary>
    public void Trim(StudioRun used)
    {
        lock (gate)
        {
            while (runs.Values.Sum(run => run.Metrics.Size) > MostNumbers
                && runs.Values.Where(run => run != used).MaxBy(run => run.Metrics.Size) is { Metrics.Size: > 0 } largest)
            {
                runs[largest.Id] = new StudioRun(largest.Id, largest.Name, largest.Folder);
            }
        }
    }

    private void Visit(DirectoryInfo place, string name, int level, Dictionary<string, StudioRun> found, ref int visited)
    {
        if (++visited > MostFolders || found.Count >= MostRuns)
        {
            return;
        }

        RunFolder run = new(place.FullName);
        if (run.Exists)
        {
            Add(name.Length == 0 ? place.Name : name, run, found);
            return;
        }

        if (level == DeepestLevel)
        {
            return;
        }

        EnumerationOptions readable = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden };
        foreach (DirectoryInfo inside in place.EnumerateDirectories("*", readable).OrderBy(one => one.Name, StringComparer.Ordinal))
        {
            Visit(inside, name.Length == 0 ? inside.Name : $"{name}/{inside.Name}", level + 1, found, ref visited);
        }
    }

    private void Add(string name, RunFolder folder, Dictionary<string, StudioRun> found)
    {
        string id = name.Replace('/', '~');
        for (int other = 2; found.ContainsKey(id); other++)
        {
            id = $"{name.Replace('/', '~')}~{other}";
        }

        found.Add(id, runs.TryGetValue(id, out StudioRun? known) && known.Folder.Path == folder.Path ? known : new StudioRun(id, name, folder));
    }
}
