using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Proximal.Tensors.Safetensors;

/// <summary>
/// The weights of a checkpoint folder: one <c>model.safetensors</c>, or the shards that <c>model.safetensors.index.json</c> names. Shards outside
/// the folder are refused.
/// </summary>
public sealed class SafetensorsFolder : IDisposable
{
    /// <summary>Name of the file of a checkpoint in one piece.</summary>
    public const string SingleName = "model.safetensors";

    /// <summary>Name of the index of a checkpoint in several files.</summary>
    public const string IndexName = "model.safetensors.index.json";

    private const long LargestIndex = 100_000_000;
    private const int MostShards = 10_000;

    private readonly List<SafetensorsFile> files = [];
    private readonly Dictionary<string, SafetensorsFile> fileOfTensor = new(StringComparer.Ordinal);

    private SafetensorsFolder(string folder) => Folder = folder;

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The tensors of all files.</summary>
    public IEnumerable<SafetensorsTensor> Tensors => files.SelectMany(file => file.Tensors);

    /// <summary>Opens the weights of a folder; an index goes before a single file.</summary>
    /// <exception cref="SafetensorsException">A file breaks the format, the index names files outside the folder, or index and shards disagree.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static SafetensorsFolder Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        SafetensorsFolder opened = new(folder);
        try
        {
            string index = Path.Combine(folder, IndexName);
            string single = Path.Combine(folder, SingleName);
            if (File.Exists(index))
            {
                opened.OpenShards(index);
            }
            else if (File.Exists(single))
            {
                opened.Add(single);
            }
            else
            {
                throw new FileNotFoundException($"{folder}: no weights, expected {SingleName} or {IndexName}.", single);
            }

            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Finds a tensor and the file that holds it.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out SafetensorsFile? file, [NotNullWhen(true)] out SafetensorsTensor? tensor)
    {
        tensor = null;
        return fileOfTensor.TryGetValue(name, out file) && file.TryFind(name, out tensor);
    }

    /// <summary>Unmaps all files.</summary>
    public void Dispose()
    {
        foreach (SafetensorsFile file in files)
        {
            file.Dispose();
        }
    }

    private SafetensorsFile Add(string path)
    {
        SafetensorsFile file = SafetensorsFile.Open(path);
        files.Add(file);
        foreach (SafetensorsTensor tensor in file.Tensors)
        {
            if (!fileOfTensor.TryAdd(tensor.Name, file))
            {
                throw new SafetensorsException(path, tensor.Name, $"also in {fileOfTensor[tensor.Name].FilePath}, expected in one shard.");
            }
        }

        return file;
    }

    private void OpenShards(string index)
    {
        Dictionary<string, string> shardOfTensor = ReadIndex(index);
        string[] shards = [.. shardOfTensor.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (shards.Length > MostShards)
        {
            throw new SafetensorsException(index, null, $"{shards.Length} shards, expected at most {MostShards}.");
        }

        Dictionary<string, SafetensorsFile> opened = new(StringComparer.Ordinal);
        foreach (string shard in shards)
        {
            opened[shard] = Add(Path.Combine(Folder, shard));
        }

        foreach ((string tensor, string shard) in shardOfTensor)
        {
            if (!opened[shard].TryFind(tensor, out _))
            {
                throw new SafetensorsException(index, tensor, $"missing from {SafetensorsException.Quote(shard)}, expected there as weight_map says.");
            }
        }
    }

    private static Dictionary<string, string> ReadIndex(string index)
    {
        long bytes = new FileInfo(index).Length;
        if (bytes > LargestIndex)
        {
            throw new SafetensorsException(index, null, $"{bytes} bytes, expected at most {LargestIndex}.");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(
                File.ReadAllBytes(index),
                new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("weight_map", out JsonElement map)
                || map.ValueKind != JsonValueKind.Object)
            {
                throw new SafetensorsException(index, null, "no weight_map, expected an object of tensor names and file names.");
            }

            Dictionary<string, string> shardOfTensor = new(StringComparer.Ordinal);
            foreach (JsonProperty entry in map.EnumerateObject())
            {
                shardOfTensor.Add(entry.Name, ShardName(index, entry));
            }

            return shardOfTensor;
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            throw new SafetensorsException(index, null, $"not valid JSON: {cause.Message.ReplaceLineEndings(" ")}", cause);
        }
    }

    private static string ShardName(string index, JsonProperty entry)
    {
        string? name = entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString() : null;
        bool isPlain = name is { Length: > 0 and <= 255 }
            && name is not "." and not ".."
            && name.AsSpan().IndexOfAny('/', '\\', ':') < 0
            && !name.Any(char.IsControl);
        return isPlain
            ? name!
            : throw new SafetensorsException(
                index,
                entry.Name,
                $"shard {SafetensorsException.Quote(name ?? entry.Value.ValueKind.ToString())}, expected the name of a file in the same folder.");
    }
}
