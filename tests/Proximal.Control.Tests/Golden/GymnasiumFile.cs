using System.Text.Json;

namespace Proximal.Control.Tests.Golden;

/// <summary>Files of what Gymnasium's environments gave: those of the repository, and those of the folder that PROXIMAL_GOLDEN names.</summary>
internal static class GymnasiumFile
{
    /// <summary>File and name of every environment that a file has.</summary>
    public static IEnumerable<(string Path, string Environment)> Cases()
    {
        string? other = Environment.GetEnvironmentVariable("PROXIMAL_GOLDEN");
        IEnumerable<string> files = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "golden"), "gymnasium*.json");
        files = string.IsNullOrEmpty(other) ? files : files.Concat(Directory.EnumerateFiles(other, "*.json"));
        foreach (string path in files)
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("environments", out JsonElement environments))
            {
                foreach (JsonProperty environment in environments.EnumerateObject())
                {
                    yield return (path, environment.Name);
                }
            }
        }
    }

    public static JsonElement Read(string path, string environment)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.GetProperty("environments").GetProperty(environment).Clone();
    }
}
