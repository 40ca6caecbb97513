using System.Buffers;
using System.Text;
using System.Text.Json;
using Proximal.Runs;
using Proximal.Studio.Library;
using Proximal.Studio.Reports;

namespace Proximal.Studio;

/// <summary>Runs as one file that opens in any browser without a server: the pages of the studio over data that the file holds, thinned out to a bounded size.</summary>
public static class StudioReport
{
    /// <summary>The most runs of a report.</summary>
    public const int MostRuns = 64;

    /// <summary>Makes a report.</summary>
    /// <param name="folders">Runs, or folders of runs.</param>
    /// <returns>HTML.</returns>
    /// <exception cref="DirectoryNotFoundException">A folder does not exist.</exception>
    /// <exception cref="InvalidDataException">There are no runs, or too many.</exception>
    public static string Create(IReadOnlyList<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        List<StudioRun> runs = [];
        foreach (string folder in folders)
        {
            foreach (StudioRun run in new RunLibrary(folder).List().Where(run => runs.All(other => other.Folder.Path != run.Folder.Path)))
            {
                runs.Add(runs.Any(other => other.Id == run.Id) ? new StudioRun(FormattableString.Invariant($"{run.Id}~{runs.Count}"), run.Folder.Path, run.Folder) : run);
            }
        }

        return runs.Count switch
        {
            0 => throw new InvalidDataException($"{string.Join(", ", folders)}: no runs lie there."),
            > MostRuns => throw new InvalidDataException($"{string.Join(", ", folders)}: {runs.Count} runs lie there, expected at most {MostRuns}; name some of them."),
            _ => Write(runs),
        };
    }

    private static string Write(List<StudioRun> runs)
    {
        string title = runs.Count == 1 ? runs[0].Name : FormattableString.Invariant($"{runs.Count} runs");
        ArrayBufferWriter<byte> data = new();
        using (Utf8JsonWriter json = new(data))
        {
            ReportJson.Write(json, title, runs);
        }

        return PageBundle.Write($"{title} · Proximal", Encoding.UTF8.GetString(data.WrittenSpan));
    }
}
