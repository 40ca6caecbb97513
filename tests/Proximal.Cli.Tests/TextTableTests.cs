using Proximal.Cli.Terminals;

namespace Proximal.Cli.Tests;

public class TextTableTests
{
    [Fact]
    public void Numbers_stand_at_the_right_and_lines_have_no_blanks_at_their_end()
    {
        string[] lines = Write(80, new TextTable("name", new TableColumn("value", IsNumber: true)), ["a", "1"], ["bcdef", "234567"]);
        Assert.Equal(["name    value", "─────────────", "a           1", "bcdef  234567"], lines);
    }

    [Fact]
    public void The_last_column_wraps_at_the_width()
    {
        string[] lines = Write(40, new TextTable("key", "meaning"), ["k", "one two three four five six seven eight nine ten"]);
        Assert.Equal(["k    one two three four five six seven", "     eight nine ten"], lines[2..]);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    public void No_line_is_wider_than_the_terminal(int width)
    {
        string[] lines = Write(width, new TextTable(new TableColumn("path", IsPath: true), "b", "c"), [new string('p', 90), new string('q', 90), new string('r', 90)]);
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
    }

    [Fact]
    public void Control_characters_in_cells_are_escaped() => Assert.Contains("a\\u{1b}[2J", Write(80, new TextTable("x"), ["a\e[2J"])[2], StringComparison.Ordinal);

    private static string[] Write(int width, TextTable table, params string[][] rows)
    {
        StringWriter output = new();
        foreach (string[] row in rows)
        {
            table.Add([.. row.Select(cell => new TableCell(cell))]);
        }

        table.Write(new Terminal(output, TextWriter.Null, TextReader.Null, () => width));
        return output.ToString().TrimEnd('\n').Split('\n');
    }
}
