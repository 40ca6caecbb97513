using System.Globalization;
using Proximal.Tensors.Random;
using static System.FormattableString;

namespace Proximal.Tasks.Families;

/// <summary>
/// The hidden tables of <see cref="KeyValueTask"/>: f and g take every key to a key. A key is a letter and a digit. Nothing is stored: an entry is a function of world, table and key.
/// </summary>
internal static class KeyValueTables
{
    /// <summary>Keys of one letter and one digit.</summary>
    public const int MaximumKeys = 260;

    /// <summary>The names of the tables.</summary>
    public const string Names = "fg";

    /// <summary>The text of a key.</summary>
    public static string Key(int number) => Invariant($"{(char)('a' + (number / 10))}{number % 10}");

    /// <summary>The number of a key; false where the text is none of the first <paramref name="keys"/>.</summary>
    public static bool TryKey(ReadOnlySpan<char> text, int keys, out int number)
    {
        number = text.Length == 2 && char.IsAsciiLetterLower(text[0]) && char.IsAsciiDigit(text[1]) ? ((text[0] - 'a') * 10) + (text[1] - '0') : keys;
        return number < keys;
    }

    /// <summary>The entry of a table.</summary>
    public static string Look(KeyValueMetadata world, char table, string key) =>
        Key(new SuiteRandom(string.Create(CultureInfo.InvariantCulture, $"kv-tool|{world.World}|{table}|{key}"), 0).Int(world.Keys));
}
