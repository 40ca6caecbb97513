namespace Proximal.Models.Tokenizers;

/// <summary>
/// The printable character that stands for each byte in the vocabularies of GPT-2 and its descendants: printable Latin-1 characters stand for
/// themselves, the other 68 bytes for U+0100 onward, in order.
/// </summary>
internal static class ByteAlphabet
{
    private const char FirstSubstitute = '\u0100';

    private static readonly char[] CharacterOfByte = new char[256];
    private static readonly Dictionary<char, byte> ByteOfCharacter = [];

    static ByteAlphabet()
    {
        char substitute = FirstSubstitute;
        for (int value = 0; value < 256; value++)
        {
            bool standsForItself = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            CharacterOfByte[value] = standsForItself ? (char)value : substitute++;
            ByteOfCharacter.Add(CharacterOfByte[value], (byte)value);
        }
    }

    public static char Character(byte value) => CharacterOfByte[value];

    /// <summary>The text that stands for bytes.</summary>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        Span<char> characters = bytes.Length <= 256 ? stackalloc char[bytes.Length] : new char[bytes.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            characters[i] = CharacterOfByte[bytes[i]];
        }

        return new string(characters);
    }

    /// <summary>The bytes that a text stands for; null where a character is not of the alphabet.</summary>
    public static byte[]? Bytes(string text)
    {
        byte[] bytes = new byte[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            if (!ByteOfCharacter.TryGetValue(text[i], out bytes[i]))
            {
                return null;
            }
        }

        return bytes;
    }
}
