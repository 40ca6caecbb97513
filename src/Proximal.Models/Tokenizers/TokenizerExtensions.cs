using System.Buffers;
using System.Globalization;
using System.Text;

namespace Proximal.Models.Tokenizers;

/// <summary>Text of tokens, for every tokenizer.</summary>
public static class TokenizerExtensions
{
    /// <summary>The text of tokens, special ones included. Bytes that are not UTF-8 become U+FFFD.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The vocabulary lacks an id.</exception>
    public static string Decode(this ITokenizer tokenizer, ReadOnlySpan<int> tokens) => Decode(tokenizer, tokens, keepSpecial: true);

    /// <summary>The text of tokens without the special ones. Bytes that are not UTF-8 become U+FFFD.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The vocabulary lacks an id.</exception>
    public static string DecodePlain(this ITokenizer tokenizer, ReadOnlySpan<int> tokens) => Decode(tokenizer, tokens, keepSpecial: false);

    /// <summary>A token for display, on one line: control characters escaped, and bytes that are no whole character as <c>&lt;0xE2&gt;</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The vocabulary has no such id.</exception>
    public static string TokenText(this ITokenizer tokenizer, int token)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        StringBuilder text = new();
        for (ReadOnlySpan<byte> rest = tokenizer.Bytes(token); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf8(rest, out Rune rune, out int consumed) == OperationStatus.Done)
            {
                Append(text, rune);
            }
            else
            {
                text.Append("<0x").Append(rest[0].ToString("X2", CultureInfo.InvariantCulture)).Append('>');
                consumed = 1;
            }

            rest = rest[consumed..];
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Rune rune)
    {
        switch (rune.Value)
        {
            case '\n':
                text.Append("\\n");
                break;
            case '\r':
                text.Append("\\r");
                break;
            case '\t':
                text.Append("\\t");
                break;
            default:
                text.Append(Rune.IsControl(rune) ? $"\\u{rune.Value:x4}" : rune.ToString());
                break;
        }
    }

    private static string Decode(ITokenizer tokenizer, ReadOnlySpan<int> tokens, bool keepSpecial)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArrayBufferWriter<byte> bytes = new();
        foreach (int token in tokens)
        {
            if (keepSpecial || !tokenizer.IsSpecial(token))
            {
                bytes.Write(tokenizer.Bytes(token));
            }
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
