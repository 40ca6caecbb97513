using Proximal.Models.Configuration;
using Proximal.Models.Tokenizers;
using Proximal.Tensors;
using Proximal.Tensors.Files;
using Proximal.Tensors.Safetensors;

namespace Proximal.Models.Checkpoints;

/// <summary>
/// A model in Hugging Face layout: <c>config.json</c>, <c>generation_config.json</c>, <c>model.safetensors</c> (or shards with an index) and the
/// tokenizer's files.
/// </summary>
public static class CheckpointFolder
{
    private const int MostNamesInMessage = 5;

    // Position tables that old exports stored next to the weights; they follow from the configuration.
    private const string RotaryTableSuffix = ".rotary_emb.inv_freq";

    /// <summary>Reads the configuration of a folder.</summary>
    /// <exception cref="ModelFormatException">A value is out of range or not supported.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static LlamaConfiguration ReadConfiguration(string folder) => LlamaConfiguration.Read(Path.Combine(folder, LlamaConfiguration.FileName));

    /// <summary>Reads the tokenizer of a folder.</summary>
    /// <exception cref="ModelFormatException">There is none, its files are broken, or use a feature that is not supported.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ITokenizer ReadTokenizer(string folder) => TokenizerFolder.Load(folder);

    /// <summary>Fills parameters from the weights of a folder, by name. Nothing is changed unless all of them fit.</summary>
    /// <param name="folder">The checkpoint.</param>
    /// <param name="parameters">All parameters of the model.</param>
    /// <exception cref="ModelFormatException">Tensors are missing, unexpected or of the wrong shape or type; the message lists them.</exception>
    /// <exception cref="SafetensorsException">A file breaks the format.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static void Load(string folder, IReadOnlyList<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        using SafetensorsFolder weights = SafetensorsFolder.Open(folder);
        Check(folder, weights, parameters);
        foreach (Parameter parameter in parameters)
        {
            weights.TryFind(parameter.Name, out SafetensorsFile? file, out _);
            file!.ReadSingles(parameter.Name, parameter.Data);
            parameter.MarkChanged();
        }
    }

    /// <summary>
    /// Writes a folder, made where it is missing. Each file is written whole or not at all, the weights last: a folder with weights is complete.
    /// The index of shards that the folder held before is removed.
    /// </summary>
    /// <param name="folder">The checkpoint.</param>
    /// <param name="configuration">The architecture; its weight type is written as <paramref name="type"/>.</param>
    /// <param name="tokenizer">The tokenizer, or null to write none.</param>
    /// <param name="parameters">All parameters of the model.</param>
    /// <param name="type">Type of the weights in the file; null keeps that of the configuration, or 32-bit floats where it has none.</param>
    /// <exception cref="ArgumentException">The configuration is out of range, or the type is not a floating-point type.</exception>
    /// <exception cref="IOException">The disk is full or the folder not writable.</exception>
    public static void Save(
        string folder,
        LlamaConfiguration configuration,
        ITokenizer? tokenizer,
        IReadOnlyList<Parameter> parameters,
        SafetensorsType? type = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(parameters);
        SafetensorsType stored = type ?? configuration.WeightType ?? SafetensorsType.Float32;
        SafetensorsContent[] contents = [.. parameters.Select(parameter => SafetensorsContent.FromTensor(parameter.Name, parameter, stored))];
        AtomicFile.CreateFolder(folder);
        (configuration with { WeightType = stored }).Write(Path.Combine(folder, LlamaConfiguration.FileName));
        GenerationConfiguration.Write(folder, configuration);
        tokenizer?.Save(folder);
        SafetensorsWriter.Write(Path.Combine(folder, SafetensorsFolder.SingleName), contents, new Dictionary<string, string> { ["format"] = "pt" });

        // An index of older shards would go before the new weights.
        File.Delete(Path.Combine(folder, SafetensorsFolder.IndexName));
    }

    private static void Check(string folder, SafetensorsFolder weights, IReadOnlyList<Parameter> parameters)
    {
        List<string> missing = [];
        List<string> wrong = [];
        HashSet<string> wanted = [];
        foreach (Parameter parameter in parameters)
        {
            if (!wanted.Add(parameter.Name))
            {
                throw new ArgumentException($"Two parameters have the name {parameter.Name}.", nameof(parameters));
            }

            if (!weights.TryFind(parameter.Name, out _, out SafetensorsTensor? tensor))
            {
                missing.Add(parameter.Name);
            }
            else if (!tensor.HasShape(parameter.Shape))
            {
                wrong.Add($"{parameter.Name} {tensor.ShapeText()} instead of {parameter.Shape}");
            }
            else if (!tensor.Type.IsFloatingPoint())
            {
                wrong.Add($"{parameter.Name} {tensor.Type.FormatName()} instead of a floating-point type");
            }
        }

        // A tied model has no output layer of its own, but its file may hold the copy.
        bool isTied = !wanted.Contains(LlamaTensors.Output);
        List<string> unexpected = [.. weights.Tensors
            .Select(tensor => tensor.Name)
            .Where(name => !wanted.Contains(name))
            .Where(name => !name.EndsWith(RotaryTableSuffix, StringComparison.Ordinal) && !(isTied && name == LlamaTensors.Output))];
        if (missing.Count + wrong.Count + unexpected.Count > 0)
        {
            string[] faults = [.. new[] { List("missing", missing), List("wrong", wrong), List("unexpected", unexpected) }.OfType<string>()];
            throw new ModelFormatException(folder, $"the weights do not fit the model: {string.Join("; ", faults)}.");
        }
    }

    private static string? List(string title, List<string> names)
    {
        if (names.Count == 0)
        {
            return null;
        }

        string shown = string.Join(", ", names.Take(MostNamesInMessage).Select(ModelFormatException.Quote));
        string more = names.Count > MostNamesInMessage ? $" and {names.Count - MostNamesInMessage} more" : "";
        return $"{title} {shown}{more}";
    }
}
