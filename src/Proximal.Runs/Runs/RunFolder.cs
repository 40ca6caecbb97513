using Proximal.Recipes;
using Proximal.Tensors.Files;

namespace Proximal.Runs;

/// <summary>The files of a run and where they lie.</summary>
public sealed class RunFolder
{
    private const int Looks = 5;
    private const int LookMilliseconds = 20;

    /// <summary>Names a run folder; nothing is touched.</summary>
    public RunFolder(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = System.IO.Path.GetFullPath(path);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The recipe with every value resolved.</summary>
    public string Recipe => Join("recipe.yaml");

    /// <summary>One JSON object a line: the metrics of a step.</summary>
    public string Metrics => Join("metrics.jsonl");

    /// <summary>One JSON object a line: a rollout of a step.</summary>
    public string Samples => Join("samples.jsonl");

    /// <summary>Rollouts of some steps, token by token, in a file a step; see <see cref="RolloutRecordReader"/>.</summary>
    public string Rollouts => Join("rollouts");

    /// <summary>Commands to the process that trains the run, and its answers; only there where it takes commands.</summary>
    public string Controls => Join("controls");

    /// <summary>What was done to the run from outside while it trained; see <see cref="RunEventLog"/>.</summary>
    public string EventLog => Join("events.jsonl");

    /// <summary>TensorBoard events.</summary>
    public string Events => Join("events.out.tfevents.0.proximal");

    /// <summary>State, position and evaluations in one small JSON file.</summary>
    public string Summary => Join("summary.json");

    /// <summary>Checkpoints from which training continues.</summary>
    public string Checkpoints => Join("checkpoints");

    /// <summary>The trained model in Hugging Face layout.</summary>
    public string Model => Join("model");

    /// <summary>The models that trained beside it, each in a folder of its name.</summary>
    public string Peers => Join("peers");

    /// <summary>The rollouts of a step whose loss was not finite.</summary>
    public string FailedBatch => Join("failed-batch.jsonl");

    /// <summary>Held while a process trains this run.</summary>
    internal string Lock => Join(".lock");

    /// <summary>Whether a run was started here.</summary>
    public bool Exists => File.Exists(Recipe);

    /// <summary>Whether a process trains the run right now.</summary>
    public bool IsTaken
    {
        get
        {
            if (!File.Exists(Lock))
            {
                return false;
            }

            try
            {
                new FileStream(Lock, FileMode.Open, FileAccess.Read, FileShare.ReadWrite).Dispose();
                return false;
            }
            catch (IOException)
            {
                return true;
            }
        }
    }

    /// <summary>Deletes the files of the run. What others put into the folder stays, and then the folder too.</summary>
    /// <exception cref="IOException">A process trains the run, or a file cannot be deleted.</exception>
    public void Delete()
    {
        if (!Exists)
        {
            return;
        }

        using (Take())
        {
            foreach (string folder in (string[])[Checkpoints, Model, Peers, Rollouts, Controls])
            {
                if (Directory.Exists(folder))
                {
                    Directory.Delete(folder, recursive: true);
                }
            }

            foreach (string file in (string[])[Metrics, Samples, Events, Summary, FailedBatch, EventLog, Recipe])
            {
                File.Delete(file);
            }
        }

        File.Delete(Lock);
        if (!Directory.EnumerateFileSystemEntries(Path).Any())
        {
            Directory.Delete(Path);
        }
    }

    /// <summary>Makes the folder where it is missing, and takes the run for this process.</summary>
    /// <exception cref="IOException">Another process trains it, or the folder cannot be made or written to; names the path.</exception>
    internal FileStream Take()
    {
        AtomicFile.CreateFolder(Path);
        FileStream held = OpenLock();
        try
        {
            AtomicFile.CreateFolder(Checkpoints);

            // Only now: before, the files might have been those of a process at work.
            AtomicFile.DeleteLeftovers(Path);
            foreach (string inner in Directory.Exists(Peers) ? [Model, Rollouts, .. Directory.GetDirectories(Peers)] : (string[])[Model, Rollouts])
            {
                if (Directory.Exists(inner))
                {
                    AtomicFile.DeleteLeftovers(inner);
                }
            }

            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Stores the recipe of a new run, or sees that a run that is continued has the same, and stores what may have changed.</summary>
    /// <param name="recipe">The recipe with every value, as text.</param>
    /// <param name="free">Paths of the keys that have no part in what is trained: a run continues with other values of them.</param>
    /// <exception cref="InvalidDataException">The folder holds a run of another recipe; names the first key that differs.</exception>
    internal void Pin(string recipe, IReadOnlySet<string> free)
    {
        if (FindConflict(recipe, free) is { } conflict)
        {
            throw new InvalidDataException(conflict);
        }

        if (!Exists || File.ReadAllText(Recipe) != recipe)
        {
            AtomicFile.WriteText(Recipe, recipe);
        }
    }

    /// <summary>What keeps a recipe from continuing the run that lies here, as a sentence; null where it can be trained here.</summary>
    /// <param name="recipe">The recipe with every value, as text.</param>
    /// <param name="free">Paths of the keys that have no part in what is trained.</param>
    /// <exception cref="InvalidDataException">The stored recipe is no YAML.</exception>
    internal string? FindConflict(string recipe, IReadOnlySet<string> free)
    {
        // Without a checkpoint nothing is there to continue: a recipe that failed at once may be corrected.
        if (!Exists || CheckpointFolders.Latest(this) is null || File.ReadAllText(Recipe) is not { } stored || stored == recipe)
        {
            return null;
        }

        return RecipeDifference.Find(stored, Recipe, recipe, free) is { } difference
            ? $"{Path}: holds a run of another recipe: '{difference.Key}' is {difference.First} in it and {difference.Second} now; "
                + "expected the same to continue it, or another folder for a new run."
            : null;
    }

    private FileStream OpenLock()
    {
        for (int look = 1; ; look++)
        {
            try
            {
                return new FileStream(Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (UnauthorizedAccessException exception)
            {
                throw new IOException($"{Path}: the folder cannot be written to.", exception);
            }
            catch (IOException) when (look < Looks && Directory.Exists(Path))
            {
                // Who asks whether the run is taken holds the lock for a moment too.
                Thread.Sleep(LookMilliseconds);
            }
            catch (IOException exception)
            {
                throw new IOException($"{Path}: another process is training this run (or the folder cannot be written to: {exception.Message})", exception);
            }
        }
    }

    private string Join(string name) => System.IO.Path.Combine(Path, name);
}
