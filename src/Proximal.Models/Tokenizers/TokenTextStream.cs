using System.Text;

namespace Proximal.Models.Tokenizers;

/// <summary>Turns tokens into text as they arrive. A character whose bytes are spread over several tokens comes out with the last of them.</summary>
public sealed class TokenTextStream
{
    private readonly ITokenizer tokenizer;
    private readonly bool keepSpecial;
    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();

    /// <summary>Creates a stream.</summary>
    /// <param name="tokenizer">The tokenizer of the tokens.</param>
    /// <param name="keepSpecial">Whether special tokens appear in the text.</param>
    public TokenTextStream(ITokenizer tokenizer, bool keepSpecial = true)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        this.tokenizer = tokenizer;
        this.keepSpecial = keepSpecial;
    }

    /// <summary>The text that is complete with this token; empty while a character is unfinished.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The vocabulary has no such id.</exception>
    public string Append(int token) => !keepSpecial && tokenizer.IsSpecial(token) ? "" : Decode(tokenizer.Bytes(token), flush: false);

    /// <summary>What is left at the end: U+FFFD for an unfinished character, else empty. The stream is then as new.</summary>
    public string Flush() => Decode([], flush: true);

    private string Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        char[] characters = new char[decoder.GetCharCount(bytes, flush)];
        int count = decoder.GetChars(bytes, characters, flush);
        return new string(characters, 0, count);
    }
}
