using System.Text;
using System.Text.Json;
using Proximal.Models.Files;

namespace Proximal.Models.Tokenizers;

/// <summary>
/// One character a token, as the folder's <c>tokenizer_config.json</c> lists in <c>char_ords</c>: ids 0 to 3 are separator, end, padding and
/// unknown (shown as <c>S E P U</c>), then the characters in order. A prompt is its characters and the separator.
/// </summary>
public sealed class CharacterTokenizer : ITokenizer
{
    /// <summary>The token between prompt and response.</summary>
    public const int Separator = 0;

    /// <summary>The token for characters outside the alphabet.</summary>
    public const int Unknown = 3;

    private const string OrdinalsKey = "char_ords";
    private const string SpecialText = "SEPU";
    private const int MostCharacters = 1 << 16;

    private readonly Dictionary<Rune, int> tokenOfCharacter = [];
    private readonly TokenTable table;
    private readonly TokenizerFiles files;

    private CharacterTokenizer(int[] ordinals, TokenizerFiles files)
    {
        this.files = files;
        table = new TokenTable(SpecialText.Length + ordinals.Length);
        for (int token = 0; token < table.Count; token++)
        {
            bool isSpecial = token < SpecialText.Length;
            Rune character = isSpecial ? new Rune(SpecialText[token]) : new Rune(ordinals[token - SpecialText.Length]);

            // Where the alphabet itself has one of the letters S E P U, text means the letter.
            tokenOfCharacter[character] = token;
            table.Set(token, character.ToString(), isSpecial);
        }
    }

    /// <inheritdoc/>
    public int VocabularySize => table.Count;

    /// <inheritdoc/>
    public int? BeginOfSequence => null;

    /// <inheritdoc/>
    public int? EndOfSequence => 1;

    /// <inheritdoc/>
    public int? Padding => 2;

    /// <summary>The tokens of a text; characters outside the alphabet become <see cref="Unknown"/>.</summary>
    public int[] Encode(ReadOnlySpan<char> text)
    {
        List<int> tokens = new(text.Length);
        foreach (Rune character in text.EnumerateRunes())
        {
            tokens.Add(tokenOfCharacter.GetValueOrDefault(character, Unknown));
        }

        return [.. tokens];
    }

    /// <inheritdoc/>
    public int[] EncodePrompt(ReadOnlySpan<char> prompt) => [.. Encode(prompt), Separator];

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Bytes(int token) => table.Bytes(token);

    /// <inheritdoc/>
    public bool IsSpecial(int token) => table.IsSpecial(token);

    /// <inheritdoc/>
    public void Save(string folder) => files.Save(folder);

    internal static CharacterTokenizer Read(string path, byte[] configuration, TokenizerFiles files)
    {
        using JsonDocument document = JsonFile.Parse(path, configuration);
        JsonFields fields = new(path, document.RootElement);
        if (fields.ListOrNull(OrdinalsKey) is not { } list)
        {
            throw fields.Missing(OrdinalsKey);
        }

        int[] ordinals = fields.Integers(OrdinalsKey, 0, 0x10FFFF, MostCharacters);
        HashSet<int> seen = [];
        foreach (int ordinal in ordinals)
        {
            if (!Rune.IsValid(ordinal) || !seen.Add(ordinal))
            {
                throw fields.Fault(OrdinalsKey, $"{ordinal}", "Unicode characters, each once");
            }
        }

        return ordinals.Length > 0 ? new CharacterTokenizer(ordinals, files) : throw fields.Fault(OrdinalsKey, list, "at least one character");
    }
}
