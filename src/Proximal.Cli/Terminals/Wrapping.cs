using System.Text;

namespace Proximal.Cli.Terminals;

/// <summary>Text in lines of a given width.</summary>
internal static class Wrapping
{
    /// <summary>Breaks a text at spaces; a word that is longer than a line stands alone.</summary>
    /// <param name="text">The text; its own line breaks stay.</param>
    /// <param name="width">Columns of a line.</param>
    /// <param name="indent">Spaces before every line.</param>
    public static string Wrap(string text, int width, int indent = 0)
    {
        StringBuilder result = new();
        foreach (string paragraph in text.Split('\n'))
        {
            int column = 0;
            foreach (string word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (column > 0 && column + 1 + word.Length > width)
                {
                    result.AppendLine();
                    column = 0;
                }

                result.Append(' ', column == 0 ? indent : 1).Append(word);
                column += word.Length + (column == 0 ? indent : 1);
            }

            result.AppendLine();
        }

        return result.ToString().TrimEnd();
    }
}
