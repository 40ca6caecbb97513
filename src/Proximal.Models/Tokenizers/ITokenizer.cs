namespace Proximal.Models.Tokenizers;

/// <summary>Text to token ids and back. Safe for several threads.</summary>
public interface ITokenizer
{
    /// <summary>One more than the largest token id.</summary>
    int VocabularySize { get; }

    /// <summary>The token that begins a sequence, where there is one.</summary>
    int? BeginOfSequence { get; }

    /// <summary>The token that ends a response, where there is one.</summary>
    int? EndOfSequence { get; }

    /// <summary>The token that fills up, where there is one.</summary>
    int? Padding { get; }

    /// <summary>The tokens of a text. Special tokens are recognized by their text.</summary>
    /// <exception cref="ArgumentException">The tokenizer has no token for a part of the text.</exception>
    int[] Encode(ReadOnlySpan<char> text);

    /// <summary>The tokens of a prompt, with what the tokenizer puts around one (begin of sequence, separator).</summary>
    /// <exception cref="ArgumentException">The tokenizer has no token for a part of the text.</exception>
    int[] EncodePrompt(ReadOnlySpan<char> prompt);

    /// <summary>The UTF-8 bytes that a token stands for; a character may be spread over several tokens.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The vocabulary has no such id.</exception>
    ReadOnlySpan<byte> Bytes(int token);

    /// <summary>Whether a token has a meaning beyond its text (end of sequence, padding).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The vocabulary has no such id.</exception>
    bool IsSpecial(int token);

    /// <summary>Writes the tokenizer's files, in Hugging Face layout, into an existing folder.</summary>
    /// <exception cref="IOException">The disk is full or the folder not writable.</exception>
    void Save(string folder);
}
