using System.Text.Json;
using Proximal.Models.Files;

namespace Proximal.Models.Tokenizers;

/// <summary>Loads the tokenizer of a checkpoint folder, whichever kind it is.</summary>
internal static class TokenizerFolder
{
    /// <summary>Loads a tokenizer: characters by <c>char_ords</c>, one symbol a token (<c>WordLevel</c>), or byte-level <c>BPE</c>.</summary>
    /// <exception cref="ModelFormatException">There is none, its files are broken, or use a feature that is not supported.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ITokenizer Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        TokenizerFiles files = TokenizerFiles.Read(folder);
        string path = Path.Combine(folder, TokenizerFiles.Tokenizer);
        if (files.Find(TokenizerFiles.Tokenizer) is { } content)
        {
            using JsonDocument document = JsonFile.Parse(path, content);
            JsonFields fields = new(path, document.RootElement);
            JsonFields model = fields.ObjectOrNull("model") ?? throw fields.Missing("model");
            string type = model.Text("type");
            return type switch
            {
                "BPE" => ByteLevelBpeReader.Read(folder, fields, model, files),
                "WordLevel" => SymbolTokenizerReader.Read(folder, fields, model, files),
                _ => throw model.Fault("type", type, "\"BPE\" or \"WordLevel\""),
            };
        }

        return files.Find(TokenizerFiles.Configuration) is { } configuration
            ? CharacterTokenizer.Read(Path.Combine(folder, TokenizerFiles.Configuration), configuration, files)
            : throw new ModelFormatException(folder, $"no tokenizer, expected {TokenizerFiles.Tokenizer} or {TokenizerFiles.Configuration}.");
    }
}
