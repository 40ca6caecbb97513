using System.Text;

namespace Proximal.Models.Tokenizers;

/// <summary>The bytes of every token id and which ids are special.</summary>
internal sealed class TokenTable
{
    /// <summary>The most ids a vocabulary may have.</summary>
    public const int MaximumTokens = 1 << 22;

    private readonly byte[]?[] bytes;
    private readonly bool[] special;

    public TokenTable(int count)
    {
        bytes = new byte[count][];
        special = new bool[count];
    }

    public int Count => bytes.Length;

    public bool IsTaken(int token) => bytes[token] is not null;

    public void Set(int token, byte[] content, bool isSpecial)
    {
        bytes[token] = content;
        special[token] = isSpecial;
    }

    public void Set(int token, string text, bool isSpecial) => Set(token, Encoding.UTF8.GetBytes(text), isSpecial);

    /// <summary>The bytes of a token; none for an id that the vocabulary leaves out.</summary>
    public ReadOnlySpan<byte> Bytes(int token) => bytes[Checked(token)];

    public bool IsSpecial(int token) => special[Checked(token)];

    private int Checked(int token) => (uint)token < (uint)bytes.Length
        ? token
        : throw new ArgumentOutOfRangeException(nameof(token), token, $"The vocabulary has ids 0 to {bytes.Length - 1}.");
}
