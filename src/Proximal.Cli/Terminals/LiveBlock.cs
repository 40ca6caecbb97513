using System.Globalization;
using System.Text;

namespace Proximal.Cli.Terminals;

/// <summary>A few lines at the end of a terminal that are rewritten in place. Lines must fit the width: a wrapped line would be counted as one.</summary>
internal sealed class LiveBlock(TextWriter output)
{
    private readonly StringBuilder buffer = new();
    private int lines;

    /// <summary>Replaces the block.</summary>
    public void Draw(params ReadOnlySpan<string> rows)
    {
        Begin();
        foreach (string row in rows)
        {
            buffer.Append(row).Append("\e[K\n");
        }

        End(rows.Length);
    }

    /// <summary>Writes a line that stays, above the block, which comes back with the next <see cref="Draw"/>.</summary>
    public void Print(string line)
    {
        Begin();
        buffer.Append(line).Append("\e[K\n");
        End(0);
    }

    private void Begin()
    {
        buffer.Clear();
        if (lines > 0)
        {
            buffer.Append(CultureInfo.InvariantCulture, $"\e[{lines}F");
        }
    }

    private void End(int count)
    {
        if (count < lines)
        {
            buffer.Append("\e[J");
        }

        lines = count;
        output.Write(buffer);
        output.Flush();
    }
}
