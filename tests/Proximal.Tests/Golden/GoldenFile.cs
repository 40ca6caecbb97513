using System.Text.Json;
using Proximal.Rollouts;

namespace Proximal.Tests.Golden;

/// <summary>A file of golden vectors whose padded [rows, columns] arrays are laid out as paths without padding.</summary>
internal sealed class GoldenFile : IDisposable
{
    private readonly JsonDocument document;
    private readonly float[][] mask;
    private readonly int[] rows;

    public GoldenFile(string path)
    {
        document = JsonDocument.Parse(File.ReadAllBytes(path));
        mask = Matrix(Inputs.GetProperty("mask"));
        string[] uid = [.. Inputs.GetProperty("uid").EnumerateArray().Select(e => e.ToString())];
        string[] names = [.. uid.Distinct()];
        rows = [.. Enumerable.Range(0, uid.Length).OrderBy(row => Array.IndexOf(names, uid[row]))];
        GroupSizes = [.. names.Select(name => uid.Count(u => u == name))];
    }

    /// <summary>Width of the padded arrays.</summary>
    public int Columns => mask[0].Length;

    private JsonElement Inputs => document.RootElement.GetProperty("inputs");

    private int[] GroupSizes { get; }

    /// <summary>Every golden file: those of the repository, and those of the folder that PROXIMAL_GOLDEN names.</summary>
    public static IEnumerable<string> Paths()
    {
        string own = Path.Combine(AppContext.BaseDirectory, "golden");
        string? other = Environment.GetEnvironmentVariable("PROXIMAL_GOLDEN");
        IEnumerable<string> files = Directory.EnumerateFiles(own, "verl-*.json");
        return string.IsNullOrEmpty(other) ? files : files.Concat(Directory.EnumerateFiles(other, "*.json").Where(HasPolicyLosses));
    }

    public static IEnumerable<string> CaseNames(string path)
    {
        using GoldenFile file = new(path);
        return [.. file.document.RootElement.GetProperty("cases").EnumerateObject().Select(c => c.Name)];
    }

    public JsonElement Case(string name) => document.RootElement.GetProperty("cases").GetProperty(name);

    /// <summary>An input as a column without padding.</summary>
    public float[] Column(string input) => Column(Inputs.GetProperty(input));

    /// <summary>A padded array as a column without padding.</summary>
    public float[] Column(JsonElement padded)
    {
        float[][] matrix = Matrix(padded);
        return [.. rows.SelectMany(row => matrix[row][..Length(row)])];
    }

    /// <summary>One number a row, in the order of the paths.</summary>
    public float[] PerPath(JsonElement values)
    {
        float[] list = [.. values.EnumerateArray().Select(e => e.GetSingle())];
        return [.. rows.Select(row => list[row])];
    }

    /// <summary>A batch with rewards from the scores and policy columns from the inputs.</summary>
    public PathBatch CreateBatch(string rewards = "token_level_rewards")
    {
        List<int> paths = [0], groups = [0];
        foreach (int row in rows)
        {
            paths.Add(paths[^1] + Length(row));
        }

        foreach (int size in GroupSizes)
        {
            groups.Add(groups[^1] + size);
        }

        PathBatch batch = new(paths.ToArray(), groups.ToArray());
        Column("mask").CopyTo(batch.Mask);
        batch.ResetWeights();
        Column(rewards).CopyTo(batch.TokenReward);
        Column("log_prob").CopyTo(batch.Current);
        Column("old_log_prob").CopyTo(batch.Old);
        Column("ref_log_prob").CopyTo(batch.Reference);
        Column("advantages").CopyTo(batch.Advantage);
        Column("values").CopyTo(batch.OldValues);
        PerPath(Inputs.GetProperty("score")).CopyTo(batch.Rewards);
        return batch;
    }

    public void Dispose() => document.Dispose();

    private static bool HasPolicyLosses(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.TryGetProperty("inputs", out JsonElement inputs) && inputs.TryGetProperty("old_log_prob", out _) && inputs.TryGetProperty("mask", out _);
    }

    private static float[][] Matrix(JsonElement padded) => [.. padded.EnumerateArray().Select(row => row.EnumerateArray().Select(e => e.GetSingle()).ToArray())];

    private int Length(int row) => Array.LastIndexOf(mask[row], 1f) + 1;
}
