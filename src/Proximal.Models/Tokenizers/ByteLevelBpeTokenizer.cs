using System.Text;

namespace Proximal.Models.Tokenizers;

/// <summary>
/// Byte-pair encoding over bytes (Sennrich et al. 2016; Radford et al. 2019), as <c>tokenizer.json</c> of GPT-2, Llama 3 or Qwen describes it. Every
/// text has tokens, and decoding gives the same text back (of a normalizing tokenizer: the normalized text). Lone surrogates become U+FFFD.
/// </summary>
public sealed class ByteLevelBpeTokenizer : ITokenizer
{
    private readonly BytePairVocabulary vocabulary;
    private readonly PreTokenizer preTokenizer;
    private readonly SpecialTokenMatcher matcher;
    private readonly PromptTemplate template;
    private readonly bool normalizes;
    private readonly TokenizerFiles files;

    internal ByteLevelBpeTokenizer(
        BytePairVocabulary vocabulary,
        PreTokenizer preTokenizer,
        IReadOnlyList<AddedToken> addedTokens,
        PromptTemplate template,
        NamedTokens named,
        bool normalizes,
        TokenizerFiles files)
    {
        this.vocabulary = vocabulary;
        this.preTokenizer = preTokenizer;
        this.template = template;
        this.normalizes = normalizes;
        this.files = files;
        matcher = new SpecialTokenMatcher(addedTokens.Select(token => (token.Content, token.Id)));
        BeginOfSequence = named.Begin;
        EndOfSequence = named.End;
        Padding = named.Padding;
    }

    /// <inheritdoc/>
    public int VocabularySize => vocabulary.Table.Count;

    /// <inheritdoc/>
    public int? BeginOfSequence { get; }

    /// <inheritdoc/>
    public int? EndOfSequence { get; }

    /// <inheritdoc/>
    public int? Padding { get; }

    /// <inheritdoc/>
    /// <exception cref="ModelFormatException">A pattern of the tokenizer's file takes too long on this text.</exception>
    public int[] Encode(ReadOnlySpan<char> text)
    {
        List<int> tokens = new(text.Length / 2);
        BytePairMerger merger = new(vocabulary.Merges);
        int start = 0;
        for (int position = 0; position < text.Length;)
        {
            if (matcher.TryMatch(text[position..], out int token, out int length))
            {
                EncodePlain(text[start..position], merger, tokens);
                tokens.Add(token);
                position += length;
                start = position;
            }
            else
            {
                position++;
            }
        }

        EncodePlain(text[start..], merger, tokens);
        return [.. tokens];
    }

    /// <inheritdoc/>
    /// <exception cref="ModelFormatException">A pattern of the tokenizer's file takes too long on this text.</exception>
    public int[] EncodePrompt(ReadOnlySpan<char> prompt) => template.Apply(Encode(prompt));

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Bytes(int token) => vocabulary.Table.Bytes(token);

    /// <inheritdoc/>
    public bool IsSpecial(int token) => vocabulary.Table.IsSpecial(token);

    /// <inheritdoc/>
    public void Save(string folder) => files.Save(folder);

    private void EncodePlain(ReadOnlySpan<char> span, BytePairMerger merger, List<int> tokens)
    {
        if (span.IsEmpty)
        {
            return;
        }

        // A round trip through UTF-8 replaces lone surrogates.
        string text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(span.ToArray()));
        if (normalizes)
        {
            text = NormalFormC.Of(text);
        }

        foreach (Range piece in preTokenizer.Split(text))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text[piece]);
            if (vocabulary.TryFindWhole(bytes, out int whole))
            {
                tokens.Add(whole);
            }
            else
            {
                merger.Merge(Array.ConvertAll(bytes, vocabulary.TokenOfByte), tokens);
            }
        }
    }
}
