using System.Collections.Immutable;
using Proximal.Models.Files;
using Proximal.Tensors.Files;

namespace Proximal.Models.Tokenizers;

/// <summary>The files that make up a tokenizer in a checkpoint folder, kept as they were so that saving copies them byte for byte.</summary>
internal sealed class TokenizerFiles(ImmutableSortedDictionary<string, byte[]> contents)
{
    public const string Tokenizer = "tokenizer.json";
    public const string Configuration = "tokenizer_config.json";

    private const int LargestFile = 128 << 20;

    private static readonly string[] Names =
    [
        Tokenizer, Configuration, "special_tokens_map.json", "added_tokens.json", "vocab.json", "merges.txt", "chat_template.jinja",
    ];

    public static TokenizerFiles Read(string folder)
    {
        ImmutableSortedDictionary<string, byte[]>.Builder contents = ImmutableSortedDictionary.CreateBuilder<string, byte[]>(StringComparer.Ordinal);
        foreach (string name in Names)
        {
            string path = Path.Combine(folder, name);
            if (File.Exists(path))
            {
                contents.Add(name, JsonFile.ReadBytes(path, LargestFile));
            }
        }

        return new TokenizerFiles(contents.ToImmutable());
    }

    public byte[]? Find(string name) => contents.GetValueOrDefault(name);

    public void Save(string folder)
    {
        foreach ((string name, byte[] content) in contents)
        {
            AtomicFile.WriteBytes(Path.Combine(folder, name), content);
        }
    }
}
