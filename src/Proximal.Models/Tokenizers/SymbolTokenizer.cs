using System.Buffers;
using System.Globalization;
using System.Text;

namespace Proximal.Models.Tokenizers;

/// <summary>
/// One character a token, and special tokens such as <c>&lt;think&gt;</c> that are found by their text, the longest first. Ids follow the order of
/// the symbols. Saved as a <c>WordLevel</c> tokenizer that other software loads.
/// </summary>
public sealed class SymbolTokenizer : ITokenizer
{
    private const string DefaultCharacters =
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ \n+-*/=()<>.,:;?!|&~@#_{}[]\"%'";

    private static readonly string[] DefaultSpecialTokens =
    [
        "<pad>", "<bos>", "<eos>", "<think>", "</think>", "<ans>", "</ans>", "<hint>", "</hint>", "<mask>", "<bud>", "<call>", "</call>", "<obs>",
        "</obs>", "<fb>", "</fb>",
    ];

    private readonly Dictionary<string, int> tokenOfText = new(StringComparer.Ordinal);
    private readonly Dictionary<Rune, int> tokenOfCharacter = [];
    private readonly SpecialTokenMatcher matcher;
    private readonly TokenTable table;
    private readonly PromptTemplate template;
    private readonly TokenizerFiles files;

    /// <summary>Creates a tokenizer. Ids are given to the special tokens first, then to the characters.</summary>
    /// <param name="characters">The characters, each once.</param>
    /// <param name="specialTokens">The texts of the special tokens, each once.</param>
    /// <param name="begin">The special token that begins a sequence, put before every prompt; null for none.</param>
    /// <param name="end">The special token that ends a response; null for none.</param>
    /// <param name="padding">The special token that fills up; null for none.</param>
    /// <exception cref="ArgumentException">A symbol stands twice or is empty, or begin, end or padding is not a special token.</exception>
    public SymbolTokenizer(string characters, IReadOnlyList<string> specialTokens, string? begin = null, string? end = null, string? padding = null)
        : this(Symbols(characters, specialTokens), begin, end, padding)
    {
    }

    internal SymbolTokenizer(IReadOnlyList<(string Text, bool IsSpecial)> symbols, string? begin, string? end, string? padding, TokenizerFiles? saved = null)
    {
        table = new TokenTable(symbols.Count);
        for (int token = 0; token < symbols.Count; token++)
        {
            (string text, bool isSpecial) = symbols[token];
            if (text.Length == 0 || !tokenOfText.TryAdd(text, token))
            {
                throw new ArgumentException($"Symbol {token} is {ModelFormatException.Quote(text)}, expected a text of its own for each symbol.", nameof(symbols));
            }

            table.Set(token, text, isSpecial);
            if (!isSpecial)
            {
                tokenOfCharacter[Rune.GetRuneAt(text, 0)] = token;
            }
        }

        matcher = new SpecialTokenMatcher(symbols.Select((symbol, token) => (symbol, token)).Where(entry => entry.symbol.IsSpecial)
            .Select(entry => (entry.symbol.Text, entry.token)));
        BeginOfSequence = FindSpecial(begin, nameof(begin));
        EndOfSequence = FindSpecial(end, nameof(end));
        Padding = FindSpecial(padding, nameof(padding));
        template = BeginOfSequence is { } first ? new PromptTemplate([first], []) : PromptTemplate.None;
        files = saved ?? SymbolTokenizerWriter.Files(symbols, begin, end, padding);
    }

    /// <summary>
    /// Digits, letters, space, newline and the signs of arithmetic, logic and mazes, with special tokens for thoughts, answers, hints, calls and
    /// observations: 109 ids. A prompt begins with <c>&lt;bos&gt;</c>.
    /// </summary>
    public static SymbolTokenizer Default { get; } = new(DefaultCharacters, DefaultSpecialTokens, "<bos>", "<eos>", "<pad>");

    /// <inheritdoc/>
    public int VocabularySize => table.Count;

    /// <inheritdoc/>
    public int? BeginOfSequence { get; }

    /// <inheritdoc/>
    public int? EndOfSequence { get; }

    /// <inheritdoc/>
    public int? Padding { get; }

    /// <summary>The token of a symbol.</summary>
    /// <exception cref="ArgumentException">There is no such symbol.</exception>
    public int Token(string symbol) => tokenOfText.TryGetValue(symbol, out int token)
        ? token
        : throw new ArgumentException($"The vocabulary has no symbol {ModelFormatException.Quote(symbol)}.", nameof(symbol));

    /// <inheritdoc/>
    public int[] Encode(ReadOnlySpan<char> text)
    {
        List<int> tokens = new(text.Length);
        for (int position = 0; position < text.Length;)
        {
            if (!matcher.TryMatch(text[position..], out int token, out int length))
            {
                bool isCharacter = Rune.DecodeFromUtf16(text[position..], out Rune character, out length) == OperationStatus.Done;
                if (!isCharacter || !tokenOfCharacter.TryGetValue(character, out token))
                {
                    throw new ArgumentException(
                        string.Create(CultureInfo.InvariantCulture, $"The vocabulary has no character U+{character.Value:X4} (\"{character}\"), found at position {position}."),
                        nameof(text));
                }
            }

            tokens.Add(token);
            position += length;
        }

        return [.. tokens];
    }

    /// <inheritdoc/>
    public int[] EncodePrompt(ReadOnlySpan<char> prompt) => template.Apply(Encode(prompt));

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Bytes(int token) => table.Bytes(token);

    /// <inheritdoc/>
    public bool IsSpecial(int token) => table.IsSpecial(token);

    /// <inheritdoc/>
    public void Save(string folder) => files.Save(folder);

    private static List<(string Text, bool IsSpecial)> Symbols(string characters, IReadOnlyList<string> specialTokens)
    {
        ArgumentNullException.ThrowIfNull(characters);
        ArgumentNullException.ThrowIfNull(specialTokens);
        List<(string Text, bool IsSpecial)> symbols = [];
        symbols.AddRange(specialTokens.Select(text => (text, true)));
        symbols.AddRange(characters.EnumerateRunes().Select(rune => (rune.ToString(), false)));
        return symbols;
    }

    private int? FindSpecial(string? text, string parameter)
    {
        if (text is null)
        {
            return null;
        }

        return tokenOfText.TryGetValue(text, out int token) && table.IsSpecial(token)
            ? token
            : throw new ArgumentException($"{ModelFormatException.Quote(text)}, expected one of the special tokens.", parameter);
    }
}
