using System.Globalization;
using System.Text;

namespace Proximal.Recipes.Explanations;

/// <summary>Plain text in lines of at most 80 characters.</summary>
internal static class TextLayout
{
    /// <summary>Longest line.</summary>
    public const int Width = 80;

    /// <summary>Breaks each line of a text at spaces; a word that is longer than a line is cut.</summary>
    /// <param name="text">The text.</param>
    /// <param name="indent">Spaces before every line.</param>
    /// <param name="hanging">Further spaces before continued lines.</param>
    public static string Wrap(string text, int indent = 0, int hanging = 0)
    {
        StringBuilder result = new();
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            StringBuilder current = new(new string(' ', indent));
            int start = indent;
            foreach (string word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(w => w.Chunk(Width - indent - hanging)).Select(c => new string(c)))
            {
                bool isFirst = current.Length == start;
                if (!isFirst && current.Length + 1 + word.Length > Width)
                {
                    result.Append(current).Append('\n');
                    start = indent + hanging;
                    current.Clear().Append(' ', start);
                    isFirst = true;
                }

                current.Append(isFirst ? "" : " ").Append(word);
            }

            result.Append(current.ToString().TrimEnd()).Append('\n');
        }

        return result.ToString();
    }

    /// <summary>A size in bytes with three digits: <c>1.25 MiB</c>.</summary>
    public static string Bytes(double bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
        int unit = 0;
        while (bytes >= 1000 && unit < units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return bytes.ToString(bytes < 9.995 && unit > 0 ? "0.00" : bytes < 99.95 && unit > 0 ? "0.0" : "0", CultureInfo.InvariantCulture) + " " + units[unit];
    }
}
