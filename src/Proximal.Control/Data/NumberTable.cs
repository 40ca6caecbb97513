using System.Globalization;

namespace Proximal.Control.Data;

/// <summary>Columns of a table of comma-separated numbers with a line of names.</summary>
public static class NumberTable
{
    private const int MostRows = 4_000_000;
    private const int LongestLine = 1 << 16;

    /// <summary>Reads some of the columns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Which columns, and the range of their numbers.</param>
    /// <returns>The numbers [rows, columns].</returns>
    /// <exception cref="InvalidDataException">A column is missing or a number cannot be read; the message names file, line and column.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static float[] Read(string path, IReadOnlyList<NumberColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(columns);
        using StreamReader reader = new(path);
        string[] names = (reader.ReadLine() ?? "").Split(',', StringSplitOptions.TrimEntries);
        int[] places = [.. columns.Select(column => Find(path, names, column.Names))];
        List<float> numbers = [];
        for (int line = 2; reader.ReadLine() is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            if (text.Length > LongestLine || line > MostRows)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{path}, line {line}: expected at most {MostRows} lines of at most {LongestLine} characters."));
            }

            string[] cells = text.Split(',');
            if (cells.Length != names.Length)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{path}, line {line}: {cells.Length} columns, expected {names.Length}."));
            }

            for (int i = 0; i < places.Length; i++)
            {
                string cell = cells[places[i]];
                numbers.Add(float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && value >= columns[i].Low && value <= columns[i].High
                    ? value
                    : throw new InvalidDataException(string.Create(
                        CultureInfo.InvariantCulture, $"{path}, line {line}: {columns[i].Names[0]} is '{cell.Trim()}', expected a number from {columns[i].Low} to {columns[i].High}.")));
            }
        }

        return numbers.Count > 0 ? [.. numbers] : throw new InvalidDataException($"{path}: no row of numbers below the names of the columns.");
    }

    private static int Find(string path, string[] names, IReadOnlyList<string> wanted)
    {
        int place = Array.FindIndex(names, name => wanted.Contains(name, StringComparer.OrdinalIgnoreCase));
        string[] parts = [.. wanted.Where(name => name.Contains(' ', StringComparison.Ordinal))];
        place = place >= 0 ? place : Array.FindIndex(names, name => Array.Exists(parts, part => name.Contains(part, StringComparison.OrdinalIgnoreCase)));
        return place >= 0 ? place : throw new InvalidDataException($"{path}, line 1: the column '{wanted[0]}' is missing.");
    }
}
